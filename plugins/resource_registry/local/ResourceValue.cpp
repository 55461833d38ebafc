// SPDX-License-Identifier: Apache-2.0
#include "ResourceValue.h"

#include "json/MemberChoice.h"
#include "json/Members.h"
#include "text/AbsoluteUri.h"
#include "text/Contains.h"
#include "text/Printable.h"
#include "text/Suggest.h"

#include <algorithm>
#include <cstdint>

namespace gatehouse {

namespace {

constexpr std::size_t longestIdentifier = 512;
constexpr std::size_t longestName = 128;
constexpr std::int64_t longestLife = 86'400;
constexpr std::string_view lists[] = {"scopes", "clients", "introspected_by"};
constexpr std::string_view texts[] = {"identifier", "name", "token_format", "signing_alg"};

bool isScope(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return c > 0x20 && c < 0x7f && c != '"' && c != '\\';
    });
}

bool isListOfTexts(const Value& value) {
    const auto* list = value.list();
    return list != nullptr && std::all_of(list->begin(), list->end(), [](const Value& each) {
               return each.text() != nullptr && !each.text()->empty();
           });
}

/// Types and names.
void checkMember(const Member& member, std::vector<ResourceProblem>& problems) {
    std::vector<std::string> known{"ttl_secs"};
    known.insert(known.end(), std::begin(lists), std::end(lists));
    known.insert(known.end(), std::begin(texts), std::end(texts));
    if (!contains(known, member.name)) {
        problems.push_back({member.name, "unknown key" + suggestion(member.name, known)});
    } else if (contains(lists, member.name) && !isListOfTexts(member.value)) {
        problems.push_back({member.name, "is a list of texts"});
    } else if (contains(texts, member.name) && member.value.text() == nullptr) {
        problems.push_back({member.name, "is a text"});
    }
}

}  // namespace

std::vector<ResourceProblem> problemsOf(const ValueMap& resource) {
    std::vector<ResourceProblem> problems;
    for (const auto& member : resource) {
        checkMember(member, problems);
    }
    const auto identifier = resource.text("identifier");
    if (!isAbsoluteUri(identifier) || identifier.size() > longestIdentifier) {
        problems.push_back({"identifier", "is an absolute URI without fragment, of at most 512 "
                                          "characters: what stands in aud"});
    }
    if (resource.text("name").size() > longestName || hasControl(resource.text("name"))) {
        problems.push_back({"name", "is one line of at most 128 bytes"});
    }
    const auto scopes = textsOf(resource.find("scopes"));
    if (!std::all_of(scopes.begin(), scopes.end(), isScope)) {
        problems.push_back({"scopes", "holds what is no scope"});
    }
    const auto life = numberOf(resource, "ttl_secs");
    if (isThere(resource, "ttl_secs") && (life < 1 || life > longestLife)) {
        problems.push_back({"ttl_secs", "is a number of seconds from 1 to 86400"});
    }
    return problems;
}

ProtectedResource resourceFrom(const ValueMap& value) {
    ProtectedResource resource;
    resource.identifier = value.text("identifier");
    resource.name = value.text("name");
    for (const auto& scope : textsOf(value.find("scopes"))) {
        resource.scopes.add(scope);
    }
    resource.tokenFormat = value.text("token_format");
    resource.signingAlgorithm = value.text("signing_alg");
    resource.longest = seconds{numberOf(value, "ttl_secs")};
    resource.clients = textsOf(value.find("clients"));
    resource.introspectors = textsOf(value.find("introspected_by"));
    return resource;
}

ValueMap valueOf(const ProtectedResource& resource) {
    ValueMap value{{"identifier", resource.identifier}};
    const auto add = [&](std::string_view name, Value member, bool isThere) {
        if (isThere) {
            value.set(name, std::move(member));
        }
    };
    add("name", resource.name, !resource.name.empty());
    add("scopes", listOfTexts({resource.scopes.begin(), resource.scopes.end()}),
        !resource.scopes.empty());
    add("token_format", resource.tokenFormat, !resource.tokenFormat.empty());
    add("signing_alg", resource.signingAlgorithm, !resource.signingAlgorithm.empty());
    add("ttl_secs", std::int64_t{resource.longest.count()}, resource.longest != seconds{0});
    add("clients", listOfTexts(resource.clients), !resource.clients.empty());
    add("introspected_by", listOfTexts(resource.introspectors), !resource.introspectors.empty());
    return value;
}

}  // namespace gatehouse
