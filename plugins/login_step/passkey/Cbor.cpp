// SPDX-License-Identifier: Apache-2.0
#include "Cbor.h"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace gatehouse {

namespace {

constexpr int mostLevels = 4;  // CTAP 2.1 section 8

enum Major : unsigned { bytesMajor = 2, textMajor = 3, listMajor = 4, mapMajor = 5, tagMajor = 6 };

/// The number in an item's head (RFC 8949 section 3); nullopt: none that is allowed.
std::optional<std::uint64_t> takeNumber(std::string_view& rest, unsigned info) {
    constexpr unsigned firstLong = 24;
    constexpr unsigned lastLong = 27;
    if (info < firstLong) {
        return info;
    }
    const std::size_t size = std::size_t{1} << (info - firstLong);
    if (info > lastLong || size > rest.size()) {
        return std::nullopt;
    }
    std::uint64_t number = 0;
    for (const char byte : rest.substr(0, size)) {
        number = number << 8U | static_cast<unsigned char>(byte);
    }
    rest.remove_prefix(size);
    return number;
}

bool skipItem(std::string_view& rest, int level);

bool skipItems(std::string_view& rest, std::uint64_t count, int level) {
    for (; count > 0; --count) {
        if (!skipItem(rest, level)) {
            return false;
        }
    }
    return true;
}

bool skipItem(std::string_view& rest, int level) {
    if (rest.empty() || level > mostLevels) {
        return false;
    }
    const auto head = static_cast<unsigned char>(rest.front());
    rest.remove_prefix(1);
    const unsigned major = head >> 5U;
    const auto number = takeNumber(rest, head & 0x1FU);
    if (!number || major == tagMajor) {
        return false;
    }
    const bool isLong = major >= bytesMajor && major <= mapMajor;
    if (isLong && *number > rest.size()) {
        return false;
    }
    if (major == bytesMajor || major == textMajor) {
        rest.remove_prefix(static_cast<std::size_t>(*number));
    }
    return (major != listMajor && major != mapMajor) ||
           skipItems(rest, major == mapMajor ? 2 * *number : *number, level + 1);
}

}  // namespace

bool isCborSequence(std::string_view bytes) {
    while (!bytes.empty()) {
        if (!skipItem(bytes, 1)) {
            return false;
        }
    }
    return true;
}

}  // namespace gatehouse
