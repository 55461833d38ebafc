// SPDX-License-Identifier: Apache-2.0
#include "IdJagAssertion.h"

#include "json/Members.h"
#include "text/Contains.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

/// Of what there must be, and of what nobody here would heed.
std::string problemOf(const Issuer& issuer, const Client& client, const Vouched& vouched) {
    const ValueMap& claims = vouched.claims;
    if (!client.isConfidential()) {
        return "an ID-JAG is for clients that prove who they are";
    }
    if (claims.text("client_id") != client.id) {
        return "client_id of the ID-JAG is another client";
    }
    if (textsOf(claims.find("aud")) != std::vector<std::string>{issuer.url}) {
        return "aud of the ID-JAG is not this issuer";
    }
    if (claims.text("iss") == issuer.url) {
        return "the ID-JAG is one of our own";
    }
    if (claims.text("jti").empty() || !claims.contains("iat")) {
        return "the ID-JAG has no jti or iat";
    }
    if (claims.contains("authorization_details")) {
        return "authorization_details of the ID-JAG are not understood here";
    }
    return vouched.subject.isPerson() ? std::string() : "the ID-JAG is about no person";
}

}  // namespace

std::string narrowIdJag(const Context& context, const Client& client, Vouched& vouched) {
    if (auto problem = problemOf(context.issuer, client, vouched); !problem.empty()) {
        return problem;
    }
    if (vouched.claims.contains("scope")) {
        vouched.scopes = vouched.scopes.within(ScopeSet::parse(vouched.claims.text("scope")));
        if (vouched.scopes.empty()) {
            return "none of the scopes of the ID-JAG is for this client";
        }
    }
    if (vouched.claims.contains("resource")) {
        auto resources = textsOf(vouched.claims.find("resource"));
        const bool isWithin =
            !resources.empty() &&
            std::all_of(resources.begin(), resources.end(),
                        [&](const auto& resource) { return contains(vouched.audience, resource); });
        if (!isWithin) {
            return "resource of the ID-JAG is none that its issuer may give tokens for";
        }
        vouched.audience = std::move(resources);
    }
    return {};
}

}  // namespace gatehouse
