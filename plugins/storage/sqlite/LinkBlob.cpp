// SPDX-License-Identifier: Apache-2.0
#include "LinkBlob.h"

#include "SqliteFailure.h"

namespace gatehouse {
namespace {

constexpr unsigned groupBits = 7;
constexpr unsigned groupMask = 0x7f;
constexpr unsigned moreBit = 0x80;

void append(std::string& blob, std::uint64_t number) {
    while (number > groupMask) {
        blob += static_cast<char>((number & groupMask) | moreBit);
        number >>= groupBits;
    }
    blob += static_cast<char>(number);
}

[[noreturn]] void refuse() {
    throw SqliteFailure(SQLITE_CORRUPT, "the links of a record are damaged");
}

std::uint64_t take(std::string_view& blob) {
    std::uint64_t number = 0;
    for (unsigned shift = 0; shift < 63; shift += groupBits) {
        if (blob.empty()) {
            refuse();
        }
        const auto byte = static_cast<unsigned char>(blob.front());
        blob.remove_prefix(1);
        number |= std::uint64_t{byte & groupMask} << shift;
        if ((byte & moreBit) == 0) {
            return number;
        }
    }
    refuse();
}

}  // namespace

std::string writeLinks(const std::vector<NumberedLink>& links) {
    std::string blob;
    for (const auto& link : links) {
        append(blob, static_cast<std::uint64_t>(link.name));
        append(blob, link.value.size());
        blob += link.value;
    }
    return blob;
}

std::vector<NumberedLink> readLinks(std::string_view blob) {
    std::vector<NumberedLink> links;
    while (!blob.empty()) {
        const auto name = static_cast<std::int64_t>(take(blob));
        const std::uint64_t size = take(blob);
        if (size > blob.size()) {
            refuse();
        }
        links.push_back({name, std::string(blob.substr(0, size))});
        blob.remove_prefix(size);
    }
    return links;
}

}  // namespace gatehouse
