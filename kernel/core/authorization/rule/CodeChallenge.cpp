// SPDX-License-Identifier: Apache-2.0
#include "authorization/ResponseTypes.h"
#include "authorization/rule/OwnRule.h"
#include "token/Pkce.h"

namespace gatehouse {

namespace {

bool mayDoWithout(const Client& client) {
    return client.isConfidential() && client.metadata.text("pkce") == "optional";
}

/// RFC 7636 section 4.4.1, RFC 9700 section 2.1.1: S256, required unless a confidential client is
/// registered without.
Objection check(const RuleInput& input, AuthorizationRequest& request) {
    if (!request.type->givesCode) {
        return {};
    }
    const auto challenge = input.form.text("code_challenge");
    const auto method = input.form.text("code_challenge_method");
    if (challenge.empty()) {
        return method.empty() && mayDoWithout(*request.client)
                   ? Objection{}
                   : invalidRequest("The code_challenge parameter is missing");
    }
    if (method != "S256") {
        return invalidRequest("The code_challenge_method must be S256");
    }
    if (!Pkce::isChallenge(challenge)) {
        return invalidRequest("The code_challenge is not the base64url form of a SHA-256");
    }
    request.codeChallenge = challenge;
    return {};
}

}  // namespace

constexpr OwnRule pkceRule{"pkce", {"code_challenge", "code_challenge_method"}, check};

}  // namespace gatehouse
