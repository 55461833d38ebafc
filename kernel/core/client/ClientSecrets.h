// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Host.h>
#include <gatehouse/Secret.h>

#include <string>

namespace gatehouse {

/// Does the client's token_endpoint_auth_method use a secret?
bool needsClientSecret(const Client& client);

/// What is wrong with a client's having, or not having, this secret; empty: nothing.
std::string clientSecretProblem(const Client& client, const Secret& secret);

/// Is this one of its secrets that have not expired?
bool isClientSecret(Host& host, const Client& client, const Secret& secret);

/// Are the secrets that it had good for what it has become? Each method keeps them in its form.
bool keepsClientSecrets(const Client& before, const Client& client);

/// A new machine-made secret: 256 random bits.
Secret makeClientSecret(Random& random);

/// The secret as it is kept: a keyed hash, and sealed for client_secret_jwt alone.
ClientSecret keptClientSecret(Host& host, const Client& client, const Secret& secret);

}  // namespace gatehouse
