// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Value.h>

#include <string_view>

namespace gatehouse {

/// What pages show of a client: name, logo, uri, policy, terms, `host` of an id that is an address,
/// where nobody has registered the client, and `links` when there is one of
/// the last three. Texts in the person's language are preferred (RFC 7591 section 2.2:
/// "client_name#de"); only web addresses are links.
ValueMap clientView(const Client& client, std::string_view language);

}  // namespace gatehouse
