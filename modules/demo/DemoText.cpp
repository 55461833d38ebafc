// SPDX-License-Identifier: Apache-2.0
#include "DemoText.h"

#include "json/Json.h"

namespace gatehouse {

namespace {

void write(std::string& text, const Value& value, std::size_t depth) {
    const ValueMap* map = value.map();
    if (map == nullptr || map->empty()) {
        text += toJson(value);
        return;
    }
    const std::string indent(2 * depth + 2, ' ');
    const char* separator = "{\n";
    for (const auto& [name, member] : *map) {
        text += separator + indent + toJson(Value(name)) + ": ";
        write(text, member, depth + 1);
        separator = ",\n";
    }
    text += "\n" + std::string(2 * depth, ' ') + "}";
}

}  // namespace

std::string indentedJson(const Value& value) {
    std::string text;
    write(text, value, 0);
    return text;
}

ValueList claimRows(const ValueMap& claims) {
    ValueList rows;
    for (const auto& [name, value] : claims) {
        rows.emplace_back(ValueMap{
            {"name", name}, {"value", value.text() != nullptr ? *value.text() : toJson(value)}});
    }
    return rows;
}

}  // namespace gatehouse
