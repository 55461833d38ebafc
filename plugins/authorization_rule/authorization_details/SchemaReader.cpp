// SPDX-License-Identifier: Apache-2.0
#include "SchemaReader.h"

#include "Items.h"
#include "text/Contains.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace gatehouse {

namespace {

/// The texts of a list, or the one text.
std::vector<std::string> textsIn(const Value& value) {
    std::vector<std::string> all;
    if (value.text() != nullptr) {
        all.push_back(*value.text());
    }
    for (const auto& item : itemsOf(value)) {
        if (item.text() != nullptr) {
            all.push_back(*item.text());
        }
    }
    return all;
}

bool readFlag(const Value& value, bool& out) {
    out = value.boolean() != nullptr && *value.boolean();
    return value.boolean() != nullptr;
}

bool readSize(const Value& value, std::size_t& out) {
    if (value.integer() == nullptr || *value.integer() < 0) {
        return false;
    }
    out = static_cast<std::size_t>(*value.integer());
    return true;
}

bool readNumber(const Value& value, std::optional<double>& out) {
    if (!isNumber(value)) {
        return false;
    }
    out = numberIn(value);
    return true;
}

}  // namespace

struct SchemaReader::Keyword {
    std::string_view name;
    bool (SchemaReader::*read)(const Value&);  ///< nullptr: for people
};

const SchemaReader::Keyword* SchemaReader::find(std::string_view name) {
    static constexpr Keyword keywords[] = {
        {"type", &SchemaReader::type},
        {"enum", &SchemaReader::values},
        {"const", &SchemaReader::constant},
        {"properties", &SchemaReader::properties},
        {"required", &SchemaReader::required},
        {"additionalProperties", &SchemaReader::others},
        {"items", &SchemaReader::items},
        {"minItems", &SchemaReader::fewest},
        {"maxItems", &SchemaReader::most},
        {"uniqueItems", &SchemaReader::unique},
        {"minLength", &SchemaReader::shortest},
        {"maxLength", &SchemaReader::longest},
        {"pattern", &SchemaReader::pattern},
        {"minimum", &SchemaReader::minimum},
        {"maximum", &SchemaReader::maximum},
        {"$schema", nullptr},
        {"$id", nullptr},
        {"$comment", nullptr},
        {"title", nullptr},
        {"description", nullptr},
        {"examples", nullptr},
        {"default", nullptr},
    };
    const auto* found = std::find_if(std::begin(keywords), std::end(keywords),
                                     [&](const Keyword& keyword) { return keyword.name == name; });
    return found == std::end(keywords) ? nullptr : found;
}

Schema SchemaReader::read(const Value& given) {
    if (given.map() == nullptr) {
        problems_[path_] = "is no JSON Schema, which is an object";
    }
    for (const auto& [name, value] : membersOf(given)) {
        const Keyword* keyword = find(name);
        if (keyword == nullptr) {
            problems_[below(path_, name)] = "this keyword of JSON Schema is not understood here";
        } else if (keyword->read != nullptr && !(this->*keyword->read)(value)) {
            problems_.emplace(below(path_, name), "has no value that this keyword takes");
        }
    }
    return std::move(schema_);
}

bool SchemaReader::type(const Value& value) {
    static const std::vector<std::string> known{"null",   "boolean", "integer", "number",
                                                "string", "array",   "object"};
    schema_.types_ = textsIn(value);
    return !schema_.types_.empty() &&
           std::all_of(schema_.types_.begin(), schema_.types_.end(),
                       [](const auto& name) { return contains(known, name); });
}

bool SchemaReader::values(const Value& value) {
    schema_.values_ = itemsOf(value);
    return !schema_.values_->empty();
}

bool SchemaReader::constant(const Value& value) {
    schema_.values_ = ValueList{value};
    return true;
}

bool SchemaReader::properties(const Value& value) {
    for (const auto& [name, inner] : membersOf(value)) {
        schema_.properties_.emplace(
            name, Schema::read(inner, below(below(path_, "properties"), name), problems_));
    }
    return value.map() != nullptr;
}

bool SchemaReader::required(const Value& value) {
    schema_.required_ = textsIn(value);
    return value.list() != nullptr && schema_.required_.size() == value.list()->size();
}

bool SchemaReader::others(const Value& value) {
    return readFlag(value, schema_.hasOthers_);
}

bool SchemaReader::unique(const Value& value) {
    return readFlag(value, schema_.isUnique_);
}

bool SchemaReader::items(const Value& value) {
    schema_.items_ =
        std::make_shared<const Schema>(Schema::read(value, below(path_, "items"), problems_));
    return true;
}

bool SchemaReader::fewest(const Value& value) {
    return readSize(value, schema_.count_.least);
}

bool SchemaReader::most(const Value& value) {
    return readSize(value, schema_.count_.most);
}

bool SchemaReader::shortest(const Value& value) {
    return readSize(value, schema_.length_.least);
}

bool SchemaReader::longest(const Value& value) {
    return readSize(value, schema_.length_.most);
}

bool SchemaReader::minimum(const Value& value) {
    return readNumber(value, schema_.minimum_);
}

bool SchemaReader::maximum(const Value& value) {
    return readNumber(value, schema_.maximum_);
}

bool SchemaReader::pattern(const Value& value) {
    if (value.text() == nullptr) {
        return false;
    }
    auto compiled = Pattern::compile(*value.text());
    if (!compiled) {
        problems_[below(path_, "pattern")] = compiled.error().detail;
        return false;
    }
    schema_.pattern_ = *std::move(compiled);
    return true;
}

}  // namespace gatehouse
