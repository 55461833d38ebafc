// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>
#include <gatehouse/Value.h>

#include "Pattern.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// What a JSON value must be: the part of JSON Schema (draft 2020-12) that needs no other document
/// and no choice: type, enum, const, properties, required, additionalProperties (true or false),
/// items, minItems, maxItems, uniqueItems, minLength, maxLength, pattern, minimum, maximum.
/// Threads: any.
class Schema {
public:
    /// Reads one; adds to `problems` what is wrong with it, also keywords that are not known, each
    /// under the path of where it stands.
    static Schema read(const Value& schema, const std::string& path,
                       std::map<std::string, std::string>& problems);

    /// What is wrong with a value that stands at `path`; empty: nothing.
    std::string problem(const Value& value, const std::string& path = {}) const;
    bool hasProperty(std::string_view name) const { return properties_.count(name) > 0; }

private:
    friend class SchemaReader;
    struct Size {
        std::size_t least = 0;
        std::size_t most = SIZE_MAX;
        bool fits(std::size_t size) const { return size >= least && size <= most; }
    };
    std::string mapProblem(const ValueMap& map, const std::string& path) const;
    std::string listProblem(const ValueList& list, const std::string& path) const;
    bool fitsText(const std::string& text) const;
    bool fitsNumber(const Value& number) const;

    std::vector<std::string> types_;  ///< empty: any
    std::optional<ValueList> values_;  ///< enum and const
    std::map<std::string, Schema, std::less<>> properties_;
    std::vector<std::string> required_;
    bool hasOthers_ = true;  ///< additionalProperties
    std::shared_ptr<const Schema> items_;
    bool isUnique_ = false;
    Size count_;  ///< of a list's items
    Size length_;  ///< of a text, in characters
    std::optional<Pattern> pattern_;
    std::optional<double> minimum_;
    std::optional<double> maximum_;
};

}  // namespace gatehouse
