// SPDX-License-Identifier: Apache-2.0
#include "ClientDocument.h"

#include <gatehouse/Scope.h>

#include "DocumentUrl.h"
#include "jose/Jwk.h"
#include "json/Json.h"
#include "json/Members.h"
#include "text/Contains.h"
#include "text/DisplayName.h"
#include "text/SiteAddress.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

using Texts = std::vector<std::string>;

constexpr std::string_view authMethod = "token_endpoint_auth_method";
constexpr std::string_view refreshToken = "refresh_token";

Error wrong(std::string_view member, std::string_view why) {
    return Error::badInput(std::string(member).append(": ").append(why));
}

/// "client_name#de" is a client_name too (RFC 7591 section 2.2).
std::string_view baseOf(std::string_view member) {
    return member.substr(0, member.find('#'));
}

bool hasPrivateKey(const ValueMap& document) {
    const auto jwks = objectOf(document, "jwks");
    const auto* keys = jwks.find("keys");
    return keys != nullptr && keys->list() != nullptr &&
           std::any_of(keys->list()->begin(), keys->list()->end(), [](const Value& key) {
               return key.map() != nullptr && isPrivateJwk(*key.map());
           });
}

/// Nobody has told the two of them a secret, and what anybody can read is none.
Status checkSecrets(const ValueMap& document) {
    for (const auto member : {"client_secret", "client_secret_expires_at"}) {
        if (document.contains(member)) {
            return wrong(member, "a document that anybody can read has no secret");
        }
    }
    if (hasPrivateKey(document)) {
        return wrong("jwks", "has a private or symmetric key, which anybody can read");
    }
    const auto method = document.text(authMethod);
    const bool isGood =
        !document.contains(authMethod) || method == "none" || method == "private_key_jwt";
    return isGood ? done() : wrong(authMethod, "must be none or private_key_jwt");
}

Status checkNames(const ValueMap& document) {
    for (const auto& [name, value] : document) {
        const auto problem = baseOf(name) == "client_name" && value.text() != nullptr
                                 ? displayNameProblem(*value.text())
                                 : "";
        if (!problem.empty()) {
            return wrong(name, problem);
        }
    }
    return done();
}

/// A page that stands for the client shows no other site's address, and loads no picture.
bool isShown(std::string_view member, const Value& value, std::string_view url) {
    constexpr std::string_view links[] = {"client_uri", "policy_uri", "tos_uri"};
    const auto base = baseOf(member);
    const bool isLink = contains(links, base);
    const bool isOwn = isLink && value.text() != nullptr && isSiteAddress(*value.text()) &&
                       pageOrigin(*value.text()) == pageOrigin(url);
    return base != "logo_uri" && (!isLink || isOwn);
}

/// Of the grants that it has anywhere, those for people.
Texts grantsOf(const ValueMap& document) {
    const auto* said = document.find("grant_types");
    if (said == nullptr) {
        return {"authorization_code"};
    }
    Texts grants;
    for (auto& grant : said->list() == nullptr ? Texts() : textsOf(said)) {
        if (grant == "authorization_code" || grant == refreshToken) {
            grants.push_back(std::move(grant));
        }
    }
    return grants;
}

std::string scopeOf(const ValueMap& document, const Texts& grants, const Texts& scopes) {
    const auto asked = ScopeSet::parse(document.text("scope"));
    ScopeSet given;
    for (const auto& scope : scopes) {
        const bool isAsked = !document.contains("scope") || asked.contains(scope);
        if (isAsked && (scope != "offline_access" || contains(grants, refreshToken))) {
            given.add(scope);
        }
    }
    return given.text();
}

}  // namespace

Result<ValueMap> readClientDocument(std::string_view text, std::string_view url,
                                    const Texts& scopes) {
    const auto json = text.size() <= longestDocument ? parseJson(text) : std::nullopt;
    if (!json || json->map() == nullptr) {
        return Error::badInput("it is no JSON object");
    }
    const auto& document = *json->map();
    if (document.text("client_id") != url) {
        return wrong("client_id", "is not the address of the document");
    }
    for (const auto& checked : {checkSecrets(document), checkNames(document)}) {
        if (!checked) {
            return checked.error();
        }
    }
    const auto grants = grantsOf(document);
    if (!contains(grants, "authorization_code")) {
        return wrong("grant_types", "authorization_code is not among them");
    }
    ValueMap metadata;
    for (const auto& [name, value] : document) {
        if (isShown(name, value, url)) {
            metadata.set(name, value);
        }
    }
    if (!metadata.contains(authMethod)) {
        metadata.set(authMethod, "none");
    }
    metadata.set("grant_types", listOfTexts(grants));
    metadata.set("scope", scopeOf(document, grants, scopes));
    metadata.erase("response_types");
    return metadata;
}

}  // namespace gatehouse
