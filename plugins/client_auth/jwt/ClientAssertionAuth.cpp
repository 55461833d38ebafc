// SPDX-License-Identifier: Apache-2.0
#include "ClientAssertionAuth.h"

#include <gatehouse/Records.h>

#include "AssertionClaims.h"
#include "json/Members.h"
#include "text/Base64Url.h"
#include "text/Contains.h"

#include <utility>

namespace gatehouse {

namespace {

constexpr std::string_view assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
constexpr std::string_view byKey = "private_key_jwt";
constexpr std::string_view bySecret = "client_secret_jwt";

const std::vector<std::string>& keyAlgorithms() {
    static const std::vector<std::string> names{"RS256", "PS256", "ES256", "EdDSA"};
    return names;
}

const std::vector<std::string>& secretAlgorithms() {
    static const std::vector<std::string> names{"HS256", "HS384", "HS512"};
    return names;
}

std::string malformedForm(const Form& form) {
    if (form.count("client_assertion") != 1 || form.count("client_assertion_type") != 1 ||
        !form.has("client_assertion")) {
        return "client_assertion and client_assertion_type must both be sent, once";
    }
    if (form.text("client_assertion_type") != assertionType) {
        return "client_assertion_type is not " + std::string(assertionType);
    }
    return {};
}

std::string algorithmProblem(std::string_view algorithm, const ClientProof& proof,
                             const Client& client) {
    const auto& accepted = proof.method == bySecret ? secretAlgorithms() : keyAlgorithms();
    if (!contains(accepted, algorithm)) {
        return "alg \"" + std::string(algorithm.substr(0, 16)) +
               "\" of the assertion is not accepted";
    }
    const auto registered = textsOf(client.metadata.find("token_endpoint_auth_signing_alg"));
    if (!registered.empty() && !contains(registered, algorithm)) {
        return "alg " + std::string(algorithm) + " of the assertion is not one of the client's";
    }
    return {};
}

}  // namespace

Status ClientAssertionAuth::configure(const Config& /*config*/, Host& host) {
    host_ = &host;
    return done();
}

Status ClientAssertionAuth::start() {
    clients_ = &host_->one<Clients>();
    return done();
}

std::vector<std::string_view> ClientAssertionAuth::signingAlgorithms() const {
    std::vector<std::string_view> names(keyAlgorithms().begin(), keyAlgorithms().end());
    names.insert(names.end(), secretAlgorithms().begin(), secretAlgorithms().end());
    return names;
}

std::optional<ClientProof> ClientAssertionAuth::find(const HttpRequest& /*request*/,
                                                     const Form& form) const {
    if (!form.has("client_assertion") && !form.has("client_assertion_type")) {
        return std::nullopt;
    }
    ClientProof proof;
    proof.clientId = form.text("client_id");
    proof.method = byKey;
    proof.evidence = Secret(form.text("client_assertion"));
    proof.malformed = malformedForm(form);
    if (!proof.malformed.empty()) {
        return proof;
    }
    const auto said = host_->jose().peek(form.text("client_assertion"));
    if (!said) {
        proof.malformed = "client_assertion is not a JWT";
        return proof;
    }
    proof.clientId = said->claims.text("sub");
    proof.method = contains(secretAlgorithms(), said->header.text("alg")) ? bySecret : byKey;
    if (proof.clientId.empty()) {
        proof.malformed = "the assertion has no sub";
    } else if (form.has("client_id") && form.text("client_id") != proof.clientId) {
        proof.malformed = "client_id in the form is not the assertion's sub";
    }
    return proof;
}

Result<Verdict> ClientAssertionAuth::verify(const Context& context, const ClientProof& proof,
                                            const Client& client) const {
    std::string refusal = proof.malformed;
    if (!refusal.empty()) {
        return Verdict::refused(std::move(refusal));
    }
    const auto said = host_->jose().peek(proof.evidence.view());
    const auto of = [&said](std::string_view name) {
        return said ? said->header.text(name) : std::string_view();
    };
    refusal = algorithmProblem(of("alg"), proof, client);
    if (!refusal.empty()) {
        return Verdict::refused(std::move(refusal));
    }
    const auto claims = proof.method == bySecret
                            ? claimsBySecret(proof, client, refusal)
                            : claimsByKey(context, proof, client, of("kid"), refusal);
    if (!claims) {
        return claims.error();
    }
    if (!*claims) {
        return Verdict::refused(std::move(refusal));
    }
    const AssertionClaims rules(**claims);
    const bool isForIssuer = client.metadata.text("client_assertion_audience") == "issuer";
    refusal = rules.problem(context.issuer, isForIssuer ? std::string_view() : proof.endpoint,
                            client.id, host_->clock().now());
    if (!refusal.empty()) {
        return Verdict::refused(std::move(refusal));
    }
    // Last, so that only an assertion that is right in all else uses up its jti.
    std::string mark = "client_assertion:" + client.id + '\n' + std::string(rules.id());
    const auto isNew =
        host_->records().once(context, "replay", base64url(host_->crypto().sha256(mark)),
                              rules.times().expires(), rules.times().earliestUse());
    if (!isNew) {
        return isNew.error();
    }
    return *isNew ? Verdict::proven() : Verdict::refused("jti of the assertion was used before");
}

Result<std::optional<ValueMap>> ClientAssertionAuth::claimsByKey(const Context& context,
                                                                 const ClientProof& proof,
                                                                 const Client& client,
                                                                 std::string_view kid,
                                                                 std::string& refusal) const {
    const auto keys = clients_->keys(context, client, kid);
    if (!keys && keys.error().isTemporary()) {
        return keys.error();
    }
    if (!keys || *keys == nullptr) {
        refusal = keys ? "the client has no keys" : keys.error().detail;
        return std::optional<ValueMap>{};
    }
    auto verified = host_->jose().verifyWith(**keys, keyAlgorithms(), proof.evidence.view());
    if (!verified) {
        refusal = "no key of the client verifies the assertion's signature";
        return std::optional<ValueMap>{};
    }
    return std::optional<ValueMap>{std::move(verified->claims)};
}

Result<std::optional<ValueMap>> ClientAssertionAuth::claimsBySecret(const ClientProof& proof,
                                                                    const Client& client,
                                                                    std::string& refusal) const {
    const TimePoint now = host_->clock().now();
    refusal = "the client has no unexpired secret that was kept for client_secret_jwt";
    for (const auto& kept : client.secrets) {
        if (kept.sealed.empty() || kept.expires <= now) {
            continue;
        }
        const auto secret = host_->crypto().open("client_secret", kept.sealed, client.id);
        if (!secret) {
            return secret.error();
        }
        auto verified =
            host_->jose().verifyWith(*secret, secretAlgorithms(), proof.evidence.view());
        if (verified) {
            return std::optional<ValueMap>{std::move(verified->claims)};
        }
        refusal = "no secret of the client verifies the assertion's signature";
    }
    return std::optional<ValueMap>{};
}

constexpr const char* needs[] = {"storage", "clients"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::ClientAssertionAuth, "jwt", "0.1.0",
                 "private_key_jwt and client_secret_jwt", gatehouse::needs)
