// SPDX-License-Identifier: Apache-2.0
#include "client/ClientSecrets.h"

#include "text/Base64Url.h"

namespace gatehouse {

namespace {

constexpr std::size_t secretBytes = 32;
/// RFC 7518 section 3.2 wants 32 bytes for HS256; 16 characters keep secrets from elsewhere usable
/// and unguessable.
constexpr std::size_t shortestSecret = 16;

}  // namespace

bool needsClientSecret(const Client& client) {
    return client.authMethod.rfind("client_secret_", 0) == 0;
}

std::string clientSecretProblem(const Client& client, const Secret& secret) {
    if (!needsClientSecret(client)) {
        return secret.empty() ? "" : "client_secret: not used by " + client.authMethod;
    }
    if (secret.empty()) {
        return "client_secret: needed for " + client.authMethod;
    }
    return secret.view().size() < shortestSecret ? "client_secret: must have at least 16 characters"
                                                 : "";
}

Secret makeClientSecret(Random& random) {
    return Secret(base64url(random.bytes(secretBytes)));
}

ClientSecret keptClientSecret(Host& host, const Client& client, const Secret& secret) {
    ClientSecret kept;
    kept.id = base64url(host.random().bytes(6));
    kept.hash = base64url(host.crypto().mac("client_secret", secret.view()));
    kept.created = host.clock().now();
    if (client.authMethod == "client_secret_jwt") {
        kept.sealed = host.crypto().seal("client_secret", secret, client.id);
    }
    return kept;
}

}  // namespace gatehouse
