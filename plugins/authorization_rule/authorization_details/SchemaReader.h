// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Schema.h"

#include <map>
#include <optional>
#include <string>

namespace gatehouse {

/// Reads the keywords of one schema. Used once.
class SchemaReader {
public:
    SchemaReader(const std::string& path, std::map<std::string, std::string>& problems)
        : path_(path), problems_(problems) {}

    Schema read(const Value& given);

private:
    struct Keyword;
    static const Keyword* find(std::string_view name);

    // Each takes the value of the keyword it is named after; false: it is none of it.
    bool type(const Value& value);
    bool values(const Value& value);
    bool constant(const Value& value);
    bool properties(const Value& value);
    bool required(const Value& value);
    bool others(const Value& value);
    bool unique(const Value& value);
    bool items(const Value& value);
    bool fewest(const Value& value);
    bool most(const Value& value);
    bool shortest(const Value& value);
    bool longest(const Value& value);
    bool minimum(const Value& value);
    bool maximum(const Value& value);
    bool pattern(const Value& value);

    const std::string& path_;
    std::map<std::string, std::string>& problems_;
    Schema schema_;
};

}  // namespace gatehouse
