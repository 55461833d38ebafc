// SPDX-License-Identifier: Apache-2.0
#include "JwtResponses.h"

#include "jose/JweAlgorithm.h"
#include "json/Json.h"

#include <utility>

namespace gatehouse {

namespace {

using Told = Result<std::optional<std::string>>;

constexpr ResponseMembers idTokenMembers{
    {}, "id_token_encrypted_response_alg", "id_token_encrypted_response_enc"};
constexpr ResponseMembers userinfoMembers{"userinfo_signed_response_alg",
                                          "userinfo_encrypted_response_alg",
                                          "userinfo_encrypted_response_enc"};

}  // namespace

Status JwtResponses::configure(const Config& /*config*/, Host& host) {
    host_ = &host;
    return done();
}

Status JwtResponses::start() {
    clients_ = &host_->one<Clients>();
    return done();
}

std::vector<std::string_view> JwtResponses::members() const {
    return {idTokenMembers.algorithm, idTokenMembers.encryption, userinfoMembers.signing,
            userinfoMembers.algorithm, userinfoMembers.encryption};
}

Status JwtResponses::admit(const Context& /*context*/, const ValueMap& metadata) const {
    const auto signing = host_->jose().signingAlgorithms();
    auto problems = problemsOf(metadata, idTokenMembers, signing) +
                    problemsOf(metadata, userinfoMembers, signing);
    if (problems.empty()) {
        return done();
    }
    problems.pop_back();  // the last line's end
    return Error::badInput(std::move(problems));
}

void JwtResponses::describe(const Issuer& /*issuer*/, ValueMap& metadata) const {
    const ValueList algorithms(jweAlgorithms().begin(), jweAlgorithms().end());
    const ValueList encryptions(jweEncryptions().begin(), jweEncryptions().end());
    const auto signing = host_->jose().signingAlgorithms();
    metadata.set("id_token_encryption_alg_values_supported", algorithms);
    metadata.set("id_token_encryption_enc_values_supported", encryptions);
    metadata.set("userinfo_signing_alg_values_supported",
                 ValueList(signing.begin(), signing.end()));
    metadata.set("userinfo_encryption_alg_values_supported", algorithms);
    metadata.set("userinfo_encryption_enc_values_supported", encryptions);
}

Told JwtResponses::idToken(const Context& context, const Client& client,
                           const std::string& signedToken) const {
    return encrypted(context, client, idTokenMembers, "JWT", signedToken);
}

Told JwtResponses::userinfo(const Context& context, const Client& client,
                            const ValueMap& claims) const {
    const auto algorithm = client.metadata.text(userinfoMembers.signing);
    if (algorithm.empty()) {
        return encrypted(context, client, userinfoMembers, {}, toJson(claims));
    }
    auto jwt = sign(context, client, algorithm, claims);
    if (!jwt) {
        return jwt.error();
    }
    auto jwe = encrypted(context, client, userinfoMembers, "JWT", *jwt);
    return jwe && !*jwe ? Told(std::optional(*std::move(jwt))) : std::move(jwe);
}

/// For the client, if it wants that.
Told JwtResponses::encrypted(const Context& context, const Client& client,
                             const ResponseMembers& members, std::string_view contentType,
                             const std::string& text) const {
    const auto algorithm = client.metadata.text(members.algorithm);
    if (algorithm.empty()) {
        return std::optional<std::string>();
    }
    const auto keys = clients_->keys(context, client, {});
    if (!keys && keys.error().isTemporary()) {
        return keys.error();
    }
    auto jwe =
        keys ? host_->jose().encryptFor(*keys == nullptr ? Value() : **keys, algorithm,
                                        encryptionOf(client.metadata, members), contentType, text)
             : Result<std::string>(keys.error());
    return jwe ? Told(std::optional(*std::move(jwe)))
               : Error::internal("client " + client.id + ": " + jwe.error().detail);
}

Result<std::string> JwtResponses::sign(const Context& context, const Client& client,
                                       std::string_view algorithm, ValueMap claims) const {
    claims.set("iss", context.issuer.url);
    claims.set("aud", client.id);
    return host_->jose().sign(context, algorithm, "JWT", toJson(claims));
}

constexpr const char* needs[] = {"key_store", "clients"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::JwtResponses, "jwt_responses", "0.1.0",
                 "ID tokens encrypted, UserInfo signed and encrypted, as clients ask for it",
                 gatehouse::needs)
