// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/facade/Clients.h>
#include <gatehouse/facade/Requests.h>
#include <gatehouse/facade/Tokens.h>

#include "PushedRequests.h"

#include <string>
#include <string_view>

namespace gatehouse {

/// POST /api/oauth/par (RFC 9126 section 2). Any thread.
class PushEndpoint {
public:
    PushEndpoint(Host& host, const PushedRequests& pushed)
        : host_(host), clients_(host.one<Clients>()), requests_(host.one<Requests>()),
          tokens_(host.one<Tokens>()), pushed_(pushed) {}

    HttpResponse post(const Context& context, const HttpRequest& request) const;

private:
    Result<std::string, OAuthError> keep(const Context& context, const HttpRequest& request,
                                         const AuthenticatedClient& client, const Form& form) const;
    HttpResponse refuse(const Context& context, const HttpRequest& request, const OAuthError& error,
                        std::string_view clientId) const;

    Host& host_;
    const Clients& clients_;
    const Requests& requests_;
    const Tokens& tokens_;
    const PushedRequests& pushed_;
};

}  // namespace gatehouse
