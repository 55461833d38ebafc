// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include "crypto/OpenSsl.h"

namespace gatehouse {

/// Is the certificate one of those that stand in a JWK Set (RFC 8705 section 2.2)? By `x5c` or
/// `x5t#S256` where a key has them; by the key itself where it has neither, so that a client can
/// renew its certificate. Keys for encryption are passed over.
bool isRegistered(const X509& certificate, const Value& jwks);

}  // namespace gatehouse
