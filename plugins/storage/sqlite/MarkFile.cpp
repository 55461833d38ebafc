// SPDX-License-Identifier: Apache-2.0
#include "MarkFile.h"

#include "DatabaseFile.h"

#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <random>
#include <system_error>
#include <utility>
#include <vector>

namespace gatehouse {

std::size_t MarkFile::Hash::operator()(const Mark& mark) const noexcept {
    static const std::uint64_t seed = (std::uint64_t{std::random_device()()} << 32) | 1U;
    std::uint64_t halves[2];
    std::memcpy(halves, mark.data(), sizeof halves);
    const auto mixed = (halves[0] ^ seed) * (halves[1] | 1U);
    return static_cast<std::size_t>(mixed ^ (mixed >> 32));
}

Result<MarkFile> MarkFile::open(std::string path) {
    auto file = openOwnFile(path);
    if (!file) {
        return file.error();
    }
    MarkFile opened(std::move(path), *std::move(file));
    if (auto status = opened.read(); !status) {
        return status.error();
    }
    return opened;
}

Status MarkFile::read() {
    std::vector<Mark> some(4096);
    for (;;) {
        const auto place = static_cast<off_t>(written_ * sizeof(Mark));
        const auto got = ::pread(file_.number(), some.data(), some.size() * sizeof(Mark), place);
        if (got < 0) {
            return failure("cannot be read");
        }
        const auto whole = static_cast<std::size_t>(got) / sizeof(Mark);
        if (whole == 0) {
            return done();
        }
        marks_.insert(some.begin(), some.begin() + static_cast<std::ptrdiff_t>(whole));
        written_ += whole;
    }
}

Status MarkFile::add(const Mark& mark) {
    const auto place = static_cast<off_t>(written_ * sizeof mark);
    if (::pwrite(file_.number(), mark.data(), sizeof mark, place) != sizeof mark) {
        return failure("cannot be written");
    }
    marks_.insert(mark);
    ++written_;
    return done();
}

Status MarkFile::flush() const {
    return ::fdatasync(file_.number()) == 0 ? done() : failure("cannot be flushed");
}

Error MarkFile::failure(const char* what) const {
    return Error::unavailable(path_ + " " + what + ": " + std::generic_category().message(errno));
}

}  // namespace gatehouse
