// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "SqlAddress.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace gatehouse {

/// What stands for a name in a statement: bound, never written into it.
using SqlValue = std::variant<std::string, std::int64_t>;
using SqlValues = std::map<std::string, SqlValue>;

/// A statement of the operator's with names (`:login`) where values come.
class SqlQuery {
public:
    /// `names` are those that stand for values; what else begins with a colon stays.
    SqlQuery(std::string_view written, const std::vector<std::string>& names,
             SqlAddress::Kind kind);

    /// With the placeholders of the database.
    const std::string& text() const noexcept { return text_; }
    /// The name of each placeholder, in their order.
    const std::vector<std::string>& names() const noexcept { return names_; }
    bool has(std::string_view name) const;

private:
    std::string text_;
    std::vector<std::string> names_;
};

}  // namespace gatehouse
