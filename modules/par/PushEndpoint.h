// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/ClientEndpoint.h>
#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/facade/Clients.h>
#include <gatehouse/facade/Requests.h>

#include "PushedRequests.h"

#include <string>
#include <string_view>

namespace gatehouse {

/// POST /api/oauth/par (RFC 9126 section 2). Any thread.
class PushEndpoint {
public:
    PushEndpoint(Host& host, const PushedRequests& pushed)
        : host_(host), endpoint_(host, "pushed request"), requests_(host.one<Requests>()),
          pushed_(pushed) {}

    HttpResponse post(const Context& context, const HttpRequest& request) const;

private:
    Result<std::string, OAuthError> keep(const Context& context, const HttpRequest& request,
                                         const AuthenticatedClient& client, const Form& form) const;

    Host& host_;
    const ClientEndpoint endpoint_;
    const Requests& requests_;
    const PushedRequests& pushed_;
};

}  // namespace gatehouse
