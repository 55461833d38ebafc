// SPDX-License-Identifier: Apache-2.0
#include "RequestObjectMembers.h"

#include "jose/JweAlgorithm.h"
#include "json/MemberChoice.h"
#include "json/Members.h"
#include "text/SiteAddress.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::string_view signingMember = "request_object_signing_alg";
constexpr std::string_view algorithmMember = "request_object_encryption_alg";
constexpr std::string_view encryptionMember = "request_object_encryption_enc";
constexpr std::string_view urisMember = "request_uris";
constexpr std::array<std::string_view, 4> signing{"RS256", "PS256", "ES256", "EdDSA"};
constexpr std::size_t mostUris = 64;

std::string problem(std::string_view member, std::string_view why) {
    return std::string(member).append(": ").append(why).append("\n");
}

/// A fragment says which object lies there (OpenID Connect Core section 6.2).
bool isAddress(const Value& value) {
    if (value.text() == nullptr) {
        return false;
    }
    std::string address = *value.text();
    if (const auto fragment = address.find('#'); fragment != std::string::npos) {
        address[fragment] = '?';
    }
    return isSiteAddress(address);
}

std::string urisProblem(const ValueMap& metadata) {
    if (!isThere(metadata, urisMember)) {
        return {};
    }
    const auto* list = metadata.find(urisMember)->list();
    const bool isGood = list != nullptr && list->size() <= mostUris &&
                        std::all_of(list->begin(), list->end(), isAddress);
    return isGood ? std::string()
                  : problem(urisMember, "must be a list of at most 64 addresses; each " +
                                            std::string(notASiteAddress));
}

std::string keysProblem(const ValueMap& metadata) {
    for (const auto member : {signingMember, requireMember}) {
        const auto* value = metadata.find(member);
        const bool isOff = value == nullptr || value->isNull() ||
                           (value->boolean() != nullptr && !*value->boolean());
        if (!isOff && !isThere(metadata, "jwks") && !isThere(metadata, "jwks_uri")) {
            return problem(member, "needs the client's keys: jwks or jwks_uri");
        }
    }
    return {};
}

std::string requireProblem(const ValueMap& metadata) {
    return isFlag(metadata, requireMember) ? std::string() : problem(requireMember, notAFlag);
}

std::string lifeProblem(const ValueMap& metadata) {
    const bool isGood = !isThere(metadata, lifeMember) || numberOf(metadata, lifeMember) > 0;
    return isGood ? std::string() : problem(lifeMember, "must be a number of seconds, at least 1");
}

}  // namespace

std::vector<std::string_view> RequestObjectMembers::members() const {
    return {signingMember, algorithmMember, encryptionMember,
            urisMember,    requireMember,   lifeMember};
}

Status RequestObjectMembers::admit(const Context& /*context*/, const ValueMap& metadata) const {
    auto problems = choiceProblem(metadata, signingMember, signing) +
                    choiceProblem(metadata, algorithmMember, jweAlgorithms()) +
                    choiceProblem(metadata, encryptionMember, jweEncryptions()) +
                    urisProblem(metadata) + requireProblem(metadata) + lifeProblem(metadata) +
                    keysProblem(metadata);
    if (isThere(metadata, encryptionMember) && !isThere(metadata, algorithmMember)) {
        problems += problem(encryptionMember, "needs request_object_encryption_alg beside it");
    }
    if (problems.empty()) {
        return done();
    }
    problems.pop_back();  // the last line's end
    return Error::badInput(std::move(problems));
}

/// Without it nothing would hold a client to what it asks for.
constexpr const char* neededByMembers[] = {"request_source.request_object"};

}  // namespace gatehouse

GATEHOUSE_DESCRIBE(gatehouse::RequestObjectMembers, "request_object", "0.1.0",
                   "What clients say of their request objects", gatehouse::neededByMembers)
