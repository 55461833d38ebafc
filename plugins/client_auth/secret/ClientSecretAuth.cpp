// SPDX-License-Identifier: Apache-2.0
#include "ClientSecretAuth.h"

#include "BasicCredentials.h"
#include "text/Base64Url.h"

#include <algorithm>
#include <string>
#include <utility>

namespace gatehouse {

namespace {

std::optional<ClientProof> findBasic(const HttpRequest& request, const Form& form) {
    auto credentials = readBasic(request.header("authorization"));
    if (!credentials) {
        return std::nullopt;
    }
    ClientProof proof;
    proof.clientId = std::move(credentials->id);
    proof.method = "client_secret_basic";
    proof.evidence = std::move(credentials->secret);
    proof.malformed = std::move(credentials->malformed);
    if (!proof.malformed.empty()) {
        return proof;
    }
    const auto headers =
        std::count_if(request.headers.begin(), request.headers.end(),
                      [](const Header& field) { return field.name == "authorization"; });
    if (headers > 1) {
        proof.malformed = "the Authorization header was sent more than once";
    } else if (form.has("client_secret")) {
        proof.malformed = "the secret was sent both in the header and in the form";
        proof.isAmbiguous = true;
    } else if (form.has("client_id") && form.text("client_id") != proof.clientId) {
        proof.malformed = "client_id in the form is not the id in the Basic header";
    }
    return proof;
}

std::optional<ClientProof> findPost(const Form& form) {
    if (!form.has("client_secret")) {
        return std::nullopt;
    }
    ClientProof proof;
    proof.clientId = form.text("client_id");
    proof.method = "client_secret_post";
    proof.evidence = Secret(form.text("client_secret"));
    if (proof.clientId.empty()) {
        proof.malformed = "client_secret was sent without client_id";
    } else if (form.count("client_id") > 1 || form.count("client_secret") > 1) {
        proof.malformed = "client_id or client_secret was sent more than once";
    }
    return proof;
}

}  // namespace

Status ClientSecretAuth::configure(const Config& /*config*/, Host& host) {
    host_ = &host;
    return done();
}

std::optional<ClientProof> ClientSecretAuth::find(const HttpRequest& request,
                                                  const Form& form) const {
    auto proof = findBasic(request, form);
    return proof ? proof : findPost(form);
}

Result<Verdict> ClientSecretAuth::verify(const Context& /*context*/, const ClientProof& proof,
                                         const Client& client) const {
    if (!proof.malformed.empty()) {
        return Verdict::refused(proof.malformed);
    }
    if (client.secrets.empty()) {
        return Verdict::refused("the client has no secret");
    }
    const std::string hash = base64url(host_->crypto().mac("client_secret", proof.evidence.view()));
    const TimePoint now = host_->clock().now();
    bool isProven = false;
    bool isExpired = false;
    for (const auto& secret : client.secrets) {
        const bool isThis = host_->crypto().equal(secret.hash, hash);
        isProven |= isThis && secret.expires > now;
        isExpired |= isThis && secret.expires <= now;
    }
    if (isProven) {
        return Verdict::proven();
    }
    return Verdict::refused(isExpired ? "the secret has expired" : "the secret is wrong");
}

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::ClientSecretAuth, "secret", "0.1.0",
                 "client_secret_basic and client_secret_post")
