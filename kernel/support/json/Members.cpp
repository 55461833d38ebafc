// SPDX-License-Identifier: Apache-2.0
#include "json/Members.h"

namespace gatehouse {

std::int64_t numberOf(const ValueMap& object, std::string_view name, std::int64_t otherwise) {
    const Value* member = object.find(name);
    return member == nullptr || member->integer() == nullptr ? otherwise : *member->integer();
}

std::vector<std::string> textsOf(const Value* value) {
    std::vector<std::string> texts;
    if (value == nullptr) {
        return texts;
    }
    if (value->text() != nullptr) {
        texts.push_back(*value->text());
    }
    if (value->list() != nullptr) {
        for (const Value& entry : *value->list()) {
            if (entry.text() != nullptr) {
                texts.push_back(*entry.text());
            }
        }
    }
    return texts;
}

ValueMap objectOf(const ValueMap& object, std::string_view name) {
    const Value* member = object.find(name);
    return member == nullptr || member->map() == nullptr ? ValueMap{} : *member->map();
}

ValueList listOfTexts(const std::vector<std::string>& texts) {
    ValueList list;
    list.reserve(texts.size());
    for (const auto& text : texts) {
        list.emplace_back(text);
    }
    return list;
}

bool isTrue(const ValueMap& map, std::string_view name) {
    const Value* value = map.find(name);
    return value != nullptr && value->boolean() != nullptr && *value->boolean();
}

}  // namespace gatehouse
