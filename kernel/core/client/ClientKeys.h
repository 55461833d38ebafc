// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Result.h>
#include <gatehouse/Value.h>

namespace gatehouse {

class ClientRules;

/// The list of a JWK Set (RFC 7517 section 5); nullptr when it is none.
const ValueList* keysOfJwks(const Value& jwks);

/// The keys of a new or changed client: public ones, of which one verifies signatures when the
/// client proves itself by one, unless the `rules` know them from elsewhere. What is stored is
/// taken as it is.
Status checkClientKeys(const Client& client, const ClientRules& rules);

}  // namespace gatehouse
