// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/facade/Clients.h>

#include <string>

namespace gatehouse {

/// A token a client asks something about.
struct AskedToken {
    std::string text;
    AuthenticatedClient client;
};

/// The token of the form, and the client that sent it (RFC 7009 section 2.1, RFC 7662 section 2.1).
Result<AskedToken, OAuthError> readAskedToken(Host& host, const Clients& clients,
                                              const Context& context, const HttpRequest& request);

}  // namespace gatehouse
