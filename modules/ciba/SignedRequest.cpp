// SPDX-License-Identifier: Apache-2.0
#include "SignedRequest.h"

#include <gatehouse/Records.h>

#include "CibaMembers.h"
#include "SignedClaims.h"
#include "jose/JwtTimes.h"
#include "text/Base64Url.h"
#include "text/Contains.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace gatehouse {

namespace {

OAuthError invalid(std::string detail) {
    return OAuthError::of(OAuthCode::invalidRequest, "The signed request is not valid",
                          std::move(detail));
}

/// What stands beside a signed request: who sends it.
bool isOfClient(const Form::Field& field) {
    constexpr std::array<std::string_view, 5> names{"request", "client_id", "client_secret",
                                                    "client_assertion", "client_assertion_type"};
    return contains(names, field.first);
}

/// RFC 9101 section 10.8: no other kind of JWT.
bool isRequest(const ValueMap& header) {
    constexpr std::array<std::string_view, 2> types{"JWT", "oauth-authz-req+jwt"};
    return !header.contains("typ") || contains(types, header.text("typ"));
}

}  // namespace

Result<Form, OAuthError> SignedRequest::open(const Context& context, const Client& client,
                                             const Form& form) const {
    const auto algorithm = client.metadata.text(signingMember);
    if (algorithm.empty()) {
        return form.has("request")
                   ? OAuthError::of(OAuthCode::invalidRequest,
                                    "This client is not registered for signed requests")
                   : Result<Form, OAuthError>(form);
    }
    if (!form.has("request")) {
        return OAuthError::of(OAuthCode::invalidRequest, "This client has to sign its requests");
    }
    const auto& fields = form.fields();
    if (!std::all_of(fields.begin(), fields.end(), isOfClient)) {
        return OAuthError::of(OAuthCode::invalidRequest,
                              "All parameters belong into the signed request");
    }
    const auto claims = verify(context, client, form.text("request"), algorithm);
    if (!claims) {
        return claims.error();
    }
    auto problem = signedProblem(*claims, context.issuer, client, host_.clock().now());
    if (!problem.empty()) {
        return invalid(std::move(problem));
    }
    const auto used = useUp(context, client, *claims);
    return used ? Result<Form, OAuthError>(parametersOf(*claims)) : used.error();
}

Result<ValueMap, OAuthError> SignedRequest::verify(const Context& context, const Client& client,
                                                   std::string_view text,
                                                   std::string_view algorithm) const {
    const auto said = host_.jose().peek(text);
    if (!said || !isRequest(said->header) || said->header.text("alg") != algorithm) {
        return invalid("it is no such JWT, or not signed as the client is registered for");
    }
    const auto keys = clients_.keys(context, client, said->header.text("kid"));
    if (!keys) {
        return keys.error().isTemporary() ? OAuthError::from(keys.error())
                                          : invalid(keys.error().detail);
    }
    auto verified = *keys == nullptr
                        ? std::nullopt
                        : host_.jose().verifyWith(**keys, {std::string(algorithm)}, text);
    return verified ? Result<ValueMap, OAuthError>(std::move(verified->claims))
                    : invalid("no key of the client verifies its signature");
}

Result<std::monostate, OAuthError>
SignedRequest::useUp(const Context& context, const Client& client, const ValueMap& claims) const {
    const JwtTimes times(claims, longestSigned);
    const auto name =
        base64url(host_.crypto().sha256(client.id + '\n' + std::string(claims.text("jti"))));
    const auto isNew =
        host_.records().once(context, "signed_request", name, times.expires(), times.earliestUse());
    if (!isNew) {
        return OAuthError::from(isNew.error());
    }
    return *isNew ? Result<std::monostate, OAuthError>(std::monostate{})
                  : invalid("its jti was used before");
}

}  // namespace gatehouse
