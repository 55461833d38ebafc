// SPDX-License-Identifier: Apache-2.0
#include "JwtIntrospection.h"

#include "AcceptField.h"
#include "jose/JweAlgorithm.h"
#include "jose/ResponseMembers.h"
#include "json/JsonWriter.h"

#include <utility>

namespace gatehouse {

namespace {

constexpr std::string_view mediaType = "application/token-introspection+jwt";
constexpr ResponseMembers ownMembers{"introspection_signed_response_alg",
                                     "introspection_encrypted_response_alg",
                                     "introspection_encrypted_response_enc"};

}  // namespace

Status JwtIntrospection::configure(const Config& /*config*/, Host& host) {
    host_ = &host;
    return done();
}

Status JwtIntrospection::start() {
    clients_ = &host_->one<Clients>();
    return done();
}

std::vector<std::string_view> JwtIntrospection::members() const {
    return {ownMembers.signing, ownMembers.algorithm, ownMembers.encryption};
}

Status JwtIntrospection::admit(const Context& /*context*/, const ValueMap& metadata) const {
    auto problems = problemsOf(metadata, ownMembers, host_->jose().signingAlgorithms());
    if (problems.empty()) {
        return done();
    }
    problems.pop_back();  // the last line's end
    return Error::badInput(std::move(problems));
}

/// RFC 9701 section 7.
void JwtIntrospection::describe(const Issuer& /*issuer*/, ValueMap& metadata) const {
    const auto signing = host_->jose().signingAlgorithms();
    metadata.set("introspection_signing_alg_values_supported",
                 ValueList(signing.begin(), signing.end()));
    metadata.set("introspection_encryption_alg_values_supported",
                 ValueList(jweAlgorithms().begin(), jweAlgorithms().end()));
    metadata.set("introspection_encryption_enc_values_supported",
                 ValueList(jweEncryptions().begin(), jweEncryptions().end()));
}

Result<std::optional<FormedAnswer>> JwtIntrospection::introspection(const Context& context,
                                                                    const HttpRequest& request,
                                                                    const Client& client,
                                                                    const std::string& json) const {
    if (!asksFor(request, mediaType)) {
        return std::optional<FormedAnswer>();
    }
    auto jwt = sign(context, client, json);
    if (jwt && !client.metadata.text(ownMembers.algorithm).empty()) {
        jwt = encrypted(context, client, *jwt);
    }
    if (jwt) {
        return std::optional(FormedAnswer{std::string(mediaType), *std::move(jwt)});
    }
    return jwt.error();
}

/// RFC 9701 section 5: neither `sub` nor `exp`, so that it is no token itself.
Result<std::string> JwtIntrospection::sign(const Context& context, const Client& client,
                                           const std::string& json) const {
    JsonWriter claims;
    claims.text("iss", context.issuer.url)
        .text("aud", client.id)
        .number("iat", toSeconds(host_->clock().now()))
        .json("token_introspection", json);
    const auto wanted = client.metadata.text(ownMembers.signing);
    return host_->jose().sign(context, wanted.empty() ? algorithm() : wanted,
                              "token-introspection+jwt", claims.finish());
}

Result<std::string> JwtIntrospection::encrypted(const Context& context, const Client& client,
                                                const std::string& jwt) const {
    const auto keys = clients_->keys(context, client, {});
    if (!keys) {
        return keys.error();
    }
    return host_->jose().encryptFor(*keys == nullptr ? Value() : **keys,
                                    client.metadata.text(ownMembers.algorithm),
                                    encryptionOf(client.metadata, ownMembers), "JWT", jwt);
}

constexpr const char* needs[] = {"key_store", "clients", "module.introspection"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::JwtIntrospection, "jwt_introspection", "0.1.0",
                 "Introspection answers signed and encrypted, as resource servers ask for it",
                 gatehouse::needs)
