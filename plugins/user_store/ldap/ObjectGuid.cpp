// SPDX-License-Identifier: Apache-2.0
#include "ObjectGuid.h"

#include "text/Hex.h"

#include <algorithm>

namespace gatehouse {

namespace {

/// The first three numbers of a GUID are little-endian.
std::string turned(std::string bytes) {
    std::reverse(bytes.begin(), bytes.begin() + 4);
    std::reverse(bytes.begin() + 4, bytes.begin() + 6);
    std::reverse(bytes.begin() + 6, bytes.begin() + 8);
    return bytes;
}

}  // namespace

std::optional<std::string> guidText(std::string_view bytes) {
    if (bytes.size() != 16) {
        return std::nullopt;
    }
    std::string text = hex(turned(std::string(bytes)));
    for (const std::size_t place : {20U, 16U, 12U, 8U}) {
        text.insert(place, "-");
    }
    return text;
}

std::optional<std::string> guidBytes(std::string_view text) {
    std::string digits(text);
    digits.erase(std::remove(digits.begin(), digits.end(), '-'), digits.end());
    auto bytes = fromHex(digits);
    if (!bytes || bytes->size() != 16) {
        return std::nullopt;
    }
    bytes = turned(*std::move(bytes));
    return guidText(*bytes) == text ? bytes : std::nullopt;
}

}  // namespace gatehouse
