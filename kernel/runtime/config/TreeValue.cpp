// SPDX-License-Identifier: Apache-2.0
#include "config/TreeValue.h"

#include <charconv>
#include <optional>

namespace gatehouse {

namespace {

template <class T> std::optional<T> exactly(const std::string& text) {
    T value{};
    const char* last = text.data() + text.size();
    const auto end = std::from_chars(text.data(), last, value);
    if (end.ec != std::errc{} || end.ptr != last) {
        return std::nullopt;
    }
    return value;
}

bool looksLikeNumber(const std::string& text) {
    return text.find_first_not_of("0123456789+-.eE") == std::string::npos &&
           text.find_first_of("0123456789") != std::string::npos;
}

Value scalarValue(const ConfigNode& node) {
    const std::string& text = node.text();
    if (node.isQuoted()) {
        return text;
    }
    if (text == "true" || text == "false") {
        return text == "true";
    }
    if (const auto integer = exactly<std::int64_t>(text)) {
        return *integer;
    }
    if (looksLikeNumber(text)) {
        if (const auto real = exactly<double>(text)) {
            return *real;
        }
    }
    return text;
}

}  // namespace

Value treeValue(const ConfigNode& node) {
    switch (node.shape()) {
    case ConfigNode::Shape::none: return {};
    case ConfigNode::Shape::text: return scalarValue(node);
    case ConfigNode::Shape::map: return mapValue(node);
    case ConfigNode::Shape::list: break;
    }
    ValueList list;
    for (const auto& item : node.items()) {
        list.push_back(treeValue(item));
    }
    return list;
}

ValueMap mapValue(const ConfigNode& node) {
    ValueMap map;
    for (const auto& entry : node.entries()) {
        map.set(entry.key, treeValue(entry.value));
    }
    return map;
}

}  // namespace gatehouse
