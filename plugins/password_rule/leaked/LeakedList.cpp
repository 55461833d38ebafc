// SPDX-License-Identifier: Apache-2.0
#include "LeakedList.h"

#include "crypto/OpenSsl.h"
#include "text/Hex.h"
#include "text/Lower.h"

#include <unistd.h>

#include <algorithm>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::size_t hashDigits = 40;
/// The digits, a colon, a number of up to 19 digits, and the line end of Windows.
constexpr std::size_t longestLine = hashDigits + 22;
constexpr const char* behindAll = "~";

std::string sha1Of(const Secret& password) {
    std::string hash(hashDigits / 2, '\0');
    if (EVP_Digest(password.view().data(), password.view().size(),
                   reinterpret_cast<unsigned char*>(hash.data()), nullptr, EVP_sha1(),
                   nullptr) != 1) {
        throw std::runtime_error("OpenSSL cannot hash with SHA-1");
    }
    return hex(hash);
}

bool isHash(std::string_view text) {
    return text.size() == hashDigits &&
           text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

Result<LeakedList> LeakedList::open(const std::string& path) {
    auto file = openGivenFile(path, Keeping::own);
    if (!file) {
        return file.error();
    }
    LeakedList list(path, *std::move(file));
    const auto size = list.file_.size;
    for (const auto offset : {std::size_t{0}, size - std::min(size, longestLine + hashDigits)}) {
        const auto hash = list.hashFrom(offset);
        if (!hash) {
            return hash.error();
        }
        if (!isHash(*hash)) {
            return Error::badInput(path + " has no line of 40 hexadecimal digits and a number");
        }
    }
    return list;
}

/// Looks for the first place behind which no hash is smaller.
Result<bool> LeakedList::contains(const Secret& password) const {
    const auto wanted = sha1Of(password);
    std::size_t low = 0;
    std::size_t high = file_.size;
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        const auto hash = hashFrom(middle);
        if (!hash) {
            return hash.error();
        }
        (*hash < wanted ? low : high) = *hash < wanted ? middle + 1 : middle;
    }
    const auto found = hashFrom(low);
    return found ? Result<bool>(*found == wanted) : found.error();
}

Result<std::string> LeakedList::hashFrom(std::size_t offset) const {
    std::string near(2 * longestLine, '\0');
    const std::size_t before = offset == 0 ? 0 : 1;
    const auto count = ::pread(file_.descriptor.number(), near.data(), near.size(),
                               static_cast<off_t>(offset - before));
    if (count < 0) {
        return Error::unavailable(path_ + " cannot be read");
    }
    near.resize(static_cast<std::size_t>(count));
    const std::size_t begin = before == 0 ? 0 : std::min(near.find('\n'), near.size() - 1) + 1;
    if (begin == near.size()) {
        return near.size() < 2 * longestLine
                   ? Result<std::string>(behindAll)
                   : Error::badInput(path_ + " has a line that is too long");
    }
    auto hash = lowered(std::string_view(near).substr(begin, hashDigits));
    const auto next = begin + hashDigits;
    const bool isEnd =
        next == near.size() || std::string_view(":\r\n").find(near[next]) != std::string_view::npos;
    return isHash(hash) && isEnd
               ? Result<std::string>(std::move(hash))
               : Error::badInput(path_ + " has, near byte " + std::to_string(offset) +
                                 ", a line that is not 40 hexadecimal digits and a number");
}

}  // namespace gatehouse
