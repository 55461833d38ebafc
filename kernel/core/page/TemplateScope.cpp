// SPDX-License-Identifier: Apache-2.0
#include "page/TemplateScope.h"

#include <string_view>

namespace gatehouse {

namespace {

mustache::data toData(const Value& value);

mustache::data toData(const ValueMap& map) {
    mustache::data data;
    for (const auto& [name, value] : map) {
        data[name] = toData(value);  // set() would copy it
    }
    return data;
}

/// Null, false and the empty text are what "{{#name}}" leaves out.
mustache::data toData(const Value& value) {
    if (value.text() != nullptr) {
        return value.text()->empty() ? mustache::data(false) : mustache::data(*value.text());
    }
    if (value.integer() != nullptr) {
        return std::to_string(*value.integer());
    }
    if (value.map() != nullptr) {
        return toData(*value.map());
    }
    if (value.list() != nullptr) {
        mustache::data list{mustache::data::type::list};
        for (const auto& item : *value.list()) {
            list.push_back(toData(item));
        }
        return list;
    }
    return value.boolean() != nullptr && *value.boolean();
}

const mustache::data* under(const mustache::data& data, const std::string& name) {
    const auto dot = name.find('.');
    if (dot == std::string::npos) {
        return data.get(name);
    }
    const auto* outer = data.get(name.substr(0, dot));
    return outer == nullptr ? nullptr : under(*outer, name.substr(dot + 1));
}

const Value* under(const ValueMap& map, std::string_view name) {
    const auto dot = name.find('.');
    const auto* value = map.find(name.substr(0, dot));
    if (value == nullptr || dot == std::string_view::npos) {
        return value;
    }
    return value->map() == nullptr ? nullptr : under(*value->map(), name.substr(dot + 1));
}

}  // namespace

const mustache::data* TemplateScope::get(const std::string& name) const {
    if (name == ".") {
        return within_.back();
    }
    for (auto data = within_.rbegin(); data != within_.rend(); ++data) {
        if (const auto* found = under(**data, name)) {
            return found;
        }
    }
    for (const auto* values : values_) {
        if (const auto* found = under(*values, name)) {
            return &made_.emplace_back(toData(*found));
        }
    }
    return nullptr;
}

}  // namespace gatehouse
