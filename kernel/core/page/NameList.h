// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "text/Suggest.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Names that are known, for what is said of one that is not.
class NameList {
public:
    void add(std::string_view name) {
        if (!has(name)) {
            names_.emplace_back(name);
        }
    }
    bool has(std::string_view name) const {
        return std::find(names_.begin(), names_.end(), name) != names_.end();
    }
    /// `"nme"; did you mean "name"?`
    std::string quote(const std::string& wrong) const {
        return "\"" + wrong + "\"" + suggestion(wrong, names_);
    }
    /// The name that was most likely meant; empty when none is near.
    std::string near(std::string_view wrong) const { return closest(wrong, names_); }
    const std::vector<std::string>& names() const noexcept { return names_; }

private:
    std::vector<std::string> names_;
};

}  // namespace gatehouse
