// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include "text/Contains.h"
#include "text/Listed.h"

#include <string>
#include <string_view>

namespace gatehouse {

/// Null is absent.
inline bool isThere(const ValueMap& object, std::string_view member) {
    const auto* value = object.find(member);
    return value != nullptr && !value->isNull();
}

/// True or false, where it is there.
inline bool isFlag(const ValueMap& object, std::string_view member) {
    return !isThere(object, member) || object.find(member)->boolean() != nullptr;
}

/// What to say of another.
constexpr std::string_view notAFlag = "must be true or false";

/// The line "MEMBER: must be one of A, B" when the member is there and is none of `names`; else
/// empty.
template <class Names>
std::string choiceProblem(const ValueMap& object, std::string_view member, const Names& names) {
    if (!isThere(object, member) || contains(names, object.text(member))) {
        return {};
    }
    return std::string(member).append(": must be one of ").append(listed(names)).append("\n");
}

}  // namespace gatehouse
