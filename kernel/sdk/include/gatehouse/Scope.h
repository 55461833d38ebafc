// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <initializer_list>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Scope values in the order first given, each once (RFC 6749 section 3.3).
class ScopeSet {
public:
    ScopeSet() = default;
    ScopeSet(std::initializer_list<std::string_view> values) {
        for (auto value : values) {
            add(value);
        }
    }
    /// Splits at spaces.
    static ScopeSet parse(std::string_view text) {
        ScopeSet scopes;
        std::set<std::string_view> known;  // a stranger's text may have thousands of values
        while (!text.empty()) {
            const auto end = std::min(text.find(' '), text.size());
            const auto value = text.substr(0, end);
            if (!value.empty() && known.insert(value).second) {
                scopes.values_.emplace_back(value);
            }
            text.remove_prefix(std::min(end + 1, text.size()));
        }
        return scopes;
    }
    void add(std::string_view value) {
        if (!value.empty() && !contains(value)) {
            values_.emplace_back(value);
        }
    }
    bool contains(std::string_view value) const noexcept {
        return std::find(values_.begin(), values_.end(), value) != values_.end();
    }
    bool containsAll(const ScopeSet& other) const noexcept {
        return std::all_of(other.values_.begin(), other.values_.end(),
                           [&](const auto& value) { return contains(value); });
    }
    /// Those of these that are in `other` too.
    ScopeSet within(const ScopeSet& other) const {
        ScopeSet common;
        for (const auto& value : values_) {
            if (other.contains(value)) {
                common.values_.push_back(value);
            }
        }
        return common;
    }
    /// Joined by spaces.
    std::string text() const {
        std::string joined;
        for (const auto& value : values_) {
            joined += joined.empty() ? "" : " ";
            joined += value;
        }
        return joined;
    }
    bool empty() const noexcept { return values_.empty(); }
    auto begin() const noexcept { return values_.begin(); }
    auto end() const noexcept { return values_.end(); }

private:
    std::vector<std::string> values_;
};

}  // namespace gatehouse
