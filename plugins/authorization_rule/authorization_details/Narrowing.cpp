// SPDX-License-Identifier: Apache-2.0
#include "Narrowing.h"

#include "Items.h"
#include "text/Contains.h"

#include <algorithm>

namespace gatehouse {

namespace {

constexpr std::string_view subset = "subset";
constexpr std::string_view atMost = "at_most";
constexpr std::string_view equal = "equal";

bool isSubset(const Value& granted, const Value& asked) {
    return granted.list() != nullptr && asked.list() != nullptr && !asked.list()->empty() &&
           std::all_of(asked.list()->begin(), asked.list()->end(),
                       [&](const Value& item) { return contains(*granted.list(), item); });
}

bool isAtMost(const Value& granted, const Value& asked) {
    if (granted.integer() != nullptr && asked.integer() != nullptr) {
        return *asked.integer() <= *granted.integer();
    }
    return isNumber(granted) && isNumber(asked) && numberIn(asked) <= numberIn(granted);
}

}  // namespace

std::string Narrowing::read(const ValueMap& words) {
    for (const auto& [path, word] : words) {
        if (word.text() == nullptr ||
            (*word.text() != subset && *word.text() != atMost && *word.text() != equal)) {
            return path;
        }
        words_[path] = *word.text();
    }
    return {};
}

bool Narrowing::isWithin(const ValueMap& granted, const ValueMap& asked) const {
    return areWithin(granted, asked, {});
}

/// A member that is left out may mean all, so it cannot be.
bool Narrowing::areWithin(const ValueMap& granted, const ValueMap& asked,
                          const std::string& path) const {
    return granted.size() == asked.size() &&
           std::all_of(asked.begin(), asked.end(), [&](const Member& member) {
               const Value* before = granted.find(member.name);
               return before != nullptr &&
                      isWithin(*before, member.value, below(path, member.name));
           });
}

bool Narrowing::isWithin(const Value& granted, const Value& asked, const std::string& path) const {
    if (granted == asked) {
        return true;
    }
    const auto word = words_.find(path);
    if (word != words_.end()) {
        return word->second == subset ? isSubset(granted, asked)
                                      : word->second == atMost && isAtMost(granted, asked);
    }
    return granted.map() != nullptr && asked.map() != nullptr &&
           areWithin(*granted.map(), *asked.map(), path);
}

}  // namespace gatehouse
