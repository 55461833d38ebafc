// SPDX-License-Identifier: Apache-2.0
#include "Pattern.h"

#include <unicode/regex.h>

#include <cstdint>

namespace gatehouse {

namespace {

/// Bounds of one search: texts are short, so that only an expression that tries everything twice
/// over meets them. A step takes about a millisecond.
constexpr std::int32_t mostSteps = 20;
constexpr std::int32_t mostBytes = 1'000'000;

}  // namespace

struct Pattern::Compiled {
    std::unique_ptr<icu::RegexPattern> pattern;
};

Result<Pattern> Pattern::compile(const std::string& expression) {
    UErrorCode status = U_ZERO_ERROR;
    UParseError where{};
    std::unique_ptr<icu::RegexPattern> pattern(
        icu::RegexPattern::compile(icu::UnicodeString::fromUTF8(expression), 0, where, status));
    if (U_FAILURE(status) != 0) {
        return Error::badInput("is no regular expression, see character " +
                               std::to_string(where.offset + 1));
    }
    auto compiled = std::make_shared<Compiled>();
    compiled->pattern = std::move(pattern);
    return Pattern(std::move(compiled));
}

bool Pattern::isIn(const std::string& text) const {
    UErrorCode status = U_ZERO_ERROR;
    const auto input = icu::UnicodeString::fromUTF8(text);
    const std::unique_ptr<icu::RegexMatcher> matcher(compiled_->pattern->matcher(input, status));
    if (U_FAILURE(status) != 0) {
        return false;
    }
    matcher->setTimeLimit(mostSteps, status);
    matcher->setStackLimit(mostBytes, status);
    const bool isFound = matcher->find(status) != 0;
    return isFound && U_SUCCESS(status) != 0;
}

}  // namespace gatehouse
