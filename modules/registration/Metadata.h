// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Value.h>
#include <gatehouse/facade/Clients.h>

namespace gatehouse {

/// The JSON object that a registration has as its body (RFC 7591 section 3.1).
Result<ValueMap, OAuthError> readBody(const HttpRequest& request);

/// What a client can say of itself of all that it says; null is absent. Names of members that
/// nobody understands go to the log. The error is of a name that people must not be shown.
Result<ValueMap, OAuthError> ownWordsOf(Host& host, const Clients& clients, const Context& context,
                                        const ValueMap& body);

/// RFC 7591 section 2.1: the response type code comes with the grant authorization_code and with no
/// other. Only what says its response types is held to that.
Status checkResponseTypes(const ValueMap& words);

}  // namespace gatehouse
