// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Value.h>

namespace gatehouse {

/// Adds `mtls_endpoint_aliases` (RFC 8705 section 5) to a discovery document that is complete but
/// for that: every endpoint to which a client comes by itself, at the issuer's mtlsUrl.
void describeMutualTlsAliases(const Issuer& issuer, ValueMap& metadata);

}  // namespace gatehouse
