// SPDX-License-Identifier: Apache-2.0
#include "ResponseJwt.h"

#include "JarmMembers.h"
#include "json/Json.h"

namespace gatehouse {

namespace {

/// JARM section 2.1 recommends no more.
constexpr seconds life{600};

}  // namespace

Result<std::string> ResponseJwt::make(const AnswerInHand& answer) const {
    const auto wanted = answer.client().metadata.text(jarmMembers.signing);
    const auto jwt = host_.jose().sign(answer.context(), wanted.empty() ? defaultSigning : wanted,
                                       "JWT", claimsOf(answer));
    return jwt ? encrypted(answer, *jwt) : jwt;
}

/// Each parameter is a text, as elsewhere.
std::string ResponseJwt::claimsOf(const AnswerInHand& answer) const {
    ValueMap claims;
    for (const auto& [name, value] : answer.parameters()) {
        claims.set(name, value);
    }
    claims.set("iss", answer.context().issuer.url);
    claims.set("aud", answer.client().id);
    claims.set("exp", toSeconds(host_.clock().now() + life));
    return toJson(claims);
}

Result<std::string> ResponseJwt::encrypted(const AnswerInHand& answer,
                                           const std::string& jwt) const {
    const Client& client = answer.client();
    const auto algorithm = client.metadata.text(jarmMembers.algorithm);
    if (algorithm.empty()) {
        return jwt;
    }
    const auto keys = clients_.keys(answer.context(), client, {});
    if (!keys) {
        return keys.error();
    }
    return host_.jose().encryptFor(*keys == nullptr ? Value() : **keys, algorithm,
                                   encryptionOf(client.metadata, jarmMembers), "JWT", jwt);
}

}  // namespace gatehouse
