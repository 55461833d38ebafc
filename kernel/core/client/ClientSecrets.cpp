// SPDX-License-Identifier: Apache-2.0
#include "client/ClientSecrets.h"

#include "text/Base64Url.h"

#include <algorithm>
#include <array>

namespace gatehouse {

namespace {

constexpr std::size_t secretBytes = 32;
/// Secrets from elsewhere stay usable, and are unguessable.
constexpr std::size_t shortestSecret = 16;
/// RFC 7518 section 3.2: with a shorter key no HMAC is verified.
constexpr std::size_t shortestHmacSecret = 32;

/// "$2b$12$...", "$argon2id$...", "$pbkdf2-sha512$...", "{SSHA}...": what other servers keep.
bool looksLikeHash(std::string_view text) {
    constexpr std::array<std::string_view, 15> beginnings{
        "$1$",     "$2a$",    "$2b$",    "$2y$",  "$5$",  "$6$",     "$7$",    "$y$",
        "$argon2", "$pbkdf2", "$scrypt", "{SSHA", "{SHA", "{PBKDF2", "{CRYPT}"};
    return std::any_of(beginnings.begin(), beginnings.end(), [&](std::string_view beginning) {
        return text.substr(0, beginning.size()) == beginning;
    });
}

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
    if (looksLikeHash(secret.view())) {
        return "client_secret: is the hash of a secret, and the client would have to send the "
               "hash; "
               "give the secret itself, or make a new one";
    }
    const auto least =
        client.authMethod == "client_secret_jwt" ? shortestHmacSecret : shortestSecret;
    return secret.view().size() < least
               ? "client_secret: must have at least " + std::to_string(least) + " characters for " +
                     client.authMethod
               : "";
}

bool isClientSecret(Host& host, const Client& client, const Secret& secret) {
    const auto hash = base64url(host.crypto().mac("client_secret", secret.view()));
    const TimePoint now = host.clock().now();
    return std::any_of(client.secrets.begin(), client.secrets.end(), [&](const auto& known) {
        return known.expires > now && host.crypto().equal(known.hash, hash);
    });
}

bool keepsClientSecrets(const Client& before, const Client& client) {
    const auto isSealed = [](const Client& each) { return each.authMethod == "client_secret_jwt"; };
    return needsClientSecret(client) && !before.secrets.empty() &&
           isSealed(before) == isSealed(client);
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
