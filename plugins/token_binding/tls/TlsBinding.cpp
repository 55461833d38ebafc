// SPDX-License-Identifier: Apache-2.0
#include "TlsBinding.h"

#include "BoundTokensMember.h"
#include "crypto/Digest.h"
#include "text/Base64Url.h"

#include <string>

namespace gatehouse {

namespace {

bool wantsIt(const Client& client) {
    const Value* value = client.metadata.find(boundTokensMember);
    return value != nullptr && value->boolean() != nullptr && *value->boolean();
}

/// RFC 8705 section 3.1; empty: no certificate was shown.
std::string thumbprintOf(const HttpRequest& request) {
    return request.clientCertificate == nullptr
               ? std::string()
               : base64url(sha256(request.clientCertificate->front()));
}

}  // namespace

Status TlsBinding::configure(const Config& config, Host& host) {
    host_ = &host;
    isForAll_ = config.boolean("required");
    return done();
}

/// A certificate may be there for other reasons: to authenticate the client, say, or because its
/// program always shows one. So it binds what was asked to be bound (RFC 8705 section 3.4).
Result<std::optional<Possession>, OAuthError> TlsBinding::bind(const Context& /*context*/,
                                                               const HttpRequest& request,
                                                               const Client& client) const {
    if (!isForAll_ && !wantsIt(client)) {
        return std::optional<Possession>();
    }
    auto thumbprint = thumbprintOf(request);
    if (thumbprint.empty()) {
        return OAuthError::of(OAuthCode::invalidRequest,
                              "The tokens of this client are bound to a certificate, and the "
                              "request shows none",
                              isForAll_ ? "token_binding.tls: required"
                                        : "the client's " + std::string(boundTokensMember));
    }
    return std::optional<Possession>(Value(std::move(thumbprint)));
}

Result<std::monostate, OAuthError> TlsBinding::prove(const Context& /*context*/,
                                                     const HttpRequest& request,
                                                     std::string_view /*accessToken*/,
                                                     const Value& bound) const {
    const auto thumbprint = thumbprintOf(request);
    if (!thumbprint.empty() && bound.text() != nullptr &&
        host_->crypto().equal(*bound.text(), thumbprint)) {
        return std::monostate{};
    }
    return OAuthError::of(OAuthCode::invalidToken,
                          "The access token is bound to a certificate that the request does not "
                          "show",
                          thumbprint.empty() ? "no certificate was shown"
                                             : "another certificate was shown");
}

void TlsBinding::describe(const Issuer& /*issuer*/, ValueMap& metadata) const {
    metadata.set(boundTokensMember, true);
}

constexpr Field fields[] = {
    {"required", Kind::boolean, byDefault("false"),
     "bind the tokens of all clients, and give none to who shows no certificate; otherwise those "
     "of clients with tls_client_certificate_bound_access_tokens"},
};

}  // namespace gatehouse

GATEHOUSE_DESCRIBE(gatehouse::TlsBinding, "tls", "0.1.0",
                   "Tokens bound to the client's certificate", gatehouse::fields)
GATEHOUSE_LIBRARY(gatehouse::TlsBinding, gatehouse::BoundTokensMember)
