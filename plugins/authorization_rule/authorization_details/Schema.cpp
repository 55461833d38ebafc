// SPDX-License-Identifier: Apache-2.0
#include "Schema.h"

#include "Items.h"
#include "SchemaReader.h"
#include "text/Contains.h"

#include <algorithm>

namespace gatehouse {

namespace {

std::string_view kindOf(const Value& value) {
    constexpr std::string_view kinds[] = {"null",   "boolean", "integer", "number",
                                          "string", "array",   "object"};
    return kinds[value.state().index()];
}

bool isOfType(const Value& value, const std::vector<std::string>& types) {
    const auto kind = kindOf(value);
    return types.empty() || contains(types, kind) ||
           (kind == "integer" && contains(types, std::string_view("number")));
}

std::size_t charactersOf(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
    }));
}

bool hasTwice(const ValueList& list) {
    for (auto item = list.begin(); item != list.end(); ++item) {
        if (std::find(std::next(item), list.end(), *item) != list.end()) {
            return true;
        }
    }
    return false;
}

std::string wrong(const std::string& path, std::string_view why) {
    return std::string(path.empty() ? "it" : path).append(" ").append(why);
}

}  // namespace

std::string Schema::problem(const Value& value, const std::string& path) const {
    if (!isOfType(value, types_)) {
        return wrong(path, "is of another type");
    }
    if (values_ && !contains(*values_, value)) {
        return wrong(path, "is none of the values that it may have");
    }
    if (value.text() != nullptr && !fitsText(*value.text())) {
        return wrong(path, "is too short or too long, or not of the pattern");
    }
    if ((isNumber(value)) && !fitsNumber(value)) {
        return wrong(path, "is too small or too large");
    }
    if (value.list() != nullptr) {
        return listProblem(*value.list(), path);
    }
    return value.map() != nullptr ? mapProblem(*value.map(), path) : std::string();
}

std::string Schema::mapProblem(const ValueMap& map, const std::string& path) const {
    for (const auto& name : required_) {
        if (!map.contains(name)) {
            return wrong(below(path, name), "is missing");
        }
    }
    for (const auto& [name, value] : map) {
        const auto known = properties_.find(name);
        if (known == properties_.end()) {
            if (!hasOthers_) {
                return wrong(below(path, name), "is not known");
            }
            continue;
        }
        if (auto why = known->second.problem(value, below(path, name)); !why.empty()) {
            return why;
        }
    }
    return {};
}

std::string Schema::listProblem(const ValueList& list, const std::string& path) const {
    if (!count_.fits(list.size())) {
        return wrong(path, "has too few or too many items");
    }
    if (isUnique_ && hasTwice(list)) {
        return wrong(path, "has an item twice");
    }
    for (std::size_t i = 0; items_ != nullptr && i < list.size(); ++i) {
        if (auto why = items_->problem(list[i], below(path, std::to_string(i))); !why.empty()) {
            return why;
        }
    }
    return {};
}

bool Schema::fitsText(const std::string& text) const {
    return length_.fits(charactersOf(text)) && (!pattern_ || pattern_->isIn(text));
}

bool Schema::fitsNumber(const Value& number) const {
    const double given = numberIn(number);
    return (!minimum_ || given >= *minimum_) && (!maximum_ || given <= *maximum_);
}

Schema Schema::read(const Value& schema, const std::string& path,
                    std::map<std::string, std::string>& problems) {
    return SchemaReader(path, problems).read(schema);
}

}  // namespace gatehouse
