// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Value.h>

#include <string_view>

namespace gatehouse {

class ClientRules;

/// Can a client that registers itself say this of itself? What the server or a client_metadata_rule
/// plugin understands, also in a language ("client_name#de", RFC 7591 section 2.2), but neither
/// what is the operator's to decide nor what the server gives it, its `client_id` for one.
bool isOwnWord(const ClientRules& rules, std::string_view member);

/// All that the client says of itself is what it says now; what is the operator's stays, but for
/// the leave to do without PKCE, which a client that gives up its secret gives up with it.
ValueMap withOwnWords(const ClientRules& rules, const ValueMap& before, const ValueMap& wish);

/// What is told to a client of itself (RFC 7591 section 3.2.1): what it can say, the defaults
/// filled in, and its `client_id`. Never a secret.
ValueMap selfDescription(const ClientRules& rules, const Client& client);

}  // namespace gatehouse
