// SPDX-License-Identifier: Apache-2.0
#include "ExchangePolicy.h"

#include "json/Members.h"
#include "text/Contains.h"
#include "text/Listed.h"

#include <algorithm>
#include <iterator>

namespace gatehouse {

namespace {

constexpr std::string_view members[] = {"from", "audience", "as"};
constexpr std::string_view ways[] = {"impersonation", "delegation"};

}  // namespace

std::optional<ExchangePolicy> ExchangePolicy::of(const Client& client) {
    const Value* member = client.metadata.find(exchangeMember);
    if (member == nullptr || !policyProblem(*member).empty()) {
        return std::nullopt;
    }
    const auto& said = *member->map();
    const auto as = textsOf(said.find("as"));
    return ExchangePolicy{textsOf(said.find("from")), textsOf(said.find("audience")),
                          contains(as, "impersonation"), contains(as, "delegation")};
}

std::vector<std::string> ExchangePolicy::allowed(const std::vector<std::string>& wanted) const {
    if (audience.empty()) {
        return wanted;
    }
    std::vector<std::string> left;
    std::copy_if(wanted.begin(), wanted.end(), std::back_inserter(left),
                 [this](const auto& each) { return contains(audience, each); });
    return left;
}

std::string policyProblem(const Value& value) {
    if (value.map() == nullptr) {
        return "is an object: {\"from\": [...], \"as\": [...]}";
    }
    for (const auto& [name, member] : *value.map()) {
        if (!contains(members, name)) {
            return "has no member " + name + "; there are " + listed(members);
        }
        if (textsOf(&member).empty() || contains(textsOf(&member), "")) {
            return name + " is a list of texts";
        }
    }
    const auto as = textsOf(value.map()->find("as"));
    const bool isKnown =
        std::all_of(as.begin(), as.end(), [](const auto& way) { return contains(ways, way); });
    if (!value.map()->contains("from") || as.empty() || !isKnown) {
        return "says whose tokens, `from`, and `as` which of " + listed(ways);
    }
    return {};
}

}  // namespace gatehouse
