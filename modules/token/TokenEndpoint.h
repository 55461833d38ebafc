// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/facade/Clients.h>
#include <gatehouse/facade/Tokens.h>

#include <string_view>

namespace gatehouse {

/// POST /api/oauth/token (RFC 6749 section 3.2).
class TokenEndpoint {
public:
    explicit TokenEndpoint(Host& host)
        : host_(host), clients_(host.one<Clients>()), tokens_(host.one<Tokens>()) {}

    HttpResponse post(const Context& context, const HttpRequest& request) const;

private:
    HttpResponse refuse(const Context& context, const HttpRequest& request, const OAuthError& error,
                        std::string_view clientId) const;

    Host& host_;
    const Clients& clients_;
    const Tokens& tokens_;
};

}  // namespace gatehouse
