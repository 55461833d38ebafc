// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include <map>
#include <string>
#include <string_view>

namespace gatehouse {

/// A text of an operator in one or more languages.
class Wording {
public:
    Wording() = default;
    /// A text, or texts by language tag: {en: ..., de: ...}. Empty: it is neither.
    explicit Wording(const Value& given);

    bool empty() const noexcept { return texts_.empty(); }
    /// In this language, or else in English, or else in any.
    const std::string& in(std::string_view language) const;
    const std::map<std::string, std::string, std::less<>>& all() const noexcept { return texts_; }

private:
    std::map<std::string, std::string, std::less<>> texts_;
};

}  // namespace gatehouse
