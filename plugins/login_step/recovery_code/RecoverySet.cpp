// SPDX-License-Identifier: Apache-2.0
#include "RecoverySet.h"

#include "text/Base32.h"
#include "text/Lower.h"

#include <charconv>
#include <cstddef>

namespace gatehouse {

namespace {

constexpr int codesOfASet = 10;
constexpr std::size_t halfCode = 5;

}  // namespace

std::string RecoverySet::text() const {
    auto text =
        std::to_string(std::chrono::duration_cast<seconds>(made.time_since_epoch()).count());
    for (const auto& hash : hashes) {
        text += '\n' + hash;
    }
    return text;
}

std::optional<RecoverySet> RecoverySet::parse(std::string_view text) {
    std::int64_t made = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), made);
    if (failure != std::errc()) {
        return std::nullopt;
    }
    RecoverySet set;
    set.made = TimePoint(seconds(made));
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    while (!text.empty()) {
        const auto next = text.find('\n', 1);
        if (text.front() != '\n') {
            return std::nullopt;
        }
        set.hashes.emplace_back(text.substr(1, next == std::string_view::npos ? next : next - 1));
        text.remove_prefix(std::min(next, text.size()));
    }
    return set;
}

std::vector<std::string> newRecoveryCodes(Random& random) {
    std::vector<std::string> codes;
    for (int code = 0; code < codesOfASet; ++code) {
        const auto letters = lowered(base32(random.bytes(7)));
        codes.push_back(letters.substr(0, halfCode) + "-" + letters.substr(halfCode, halfCode));
    }
    return codes;
}

std::string typedRecoveryCode(std::string_view text) {
    std::string code;
    for (const char letter : text) {
        if (letter != ' ' && letter != '-') {
            code += lower(letter);
        }
    }
    return code;
}

}  // namespace gatehouse
