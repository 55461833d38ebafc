// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Context.h>
#include <gatehouse/point/TrustedIssuer.h>

#include <string>

namespace gatehouse {

/// Holds an ID-JAG of another issuer to its own rules
/// (draft-ietf-oauth-identity-assertion-authz-grant, "Access Token Request"), and narrows what is
/// vouched for to its `scope` and `resource`. What is wrong with it; empty: nothing.
std::string narrowIdJag(const Context& context, const Client& client, Vouched& vouched);

}  // namespace gatehouse
