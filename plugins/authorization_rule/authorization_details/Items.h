// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include <string>

namespace gatehouse {

/// A list's items; none of anything else.
inline const ValueList& itemsOf(const Value& value) {
    static const ValueList none;
    return value.list() == nullptr ? none : *value.list();
}

/// An object's members; none of anything else.
inline const ValueMap& membersOf(const Value& value) {
    static const ValueMap none;
    return value.map() == nullptr ? none : *value.map();
}

inline bool isNumber(const Value& value) {
    return value.integer() != nullptr || value.real() != nullptr;
}

/// Of a value that isNumber().
inline double numberIn(const Value& number) {
    return number.integer() != nullptr ? static_cast<double>(*number.integer()) : *number.real();
}

/// "amount.currency"; of the value itself the name alone. A name with a dot stands in quotes, so
/// that no member has the path of another.
inline std::string below(const std::string& path, const std::string& name) {
    const auto own = name.find('.') == std::string::npos ? name : '"' + name + '"';
    return path.empty() ? own : path + "." + own;
}

}  // namespace gatehouse
