// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/facade/Clients.h>
#include <gatehouse/facade/Tokens.h>

namespace gatehouse {

struct AskedToken;

/// POST /api/oauth/revoke (RFC 7009). A refresh token takes its whole family with it; an access
/// token only itself.
class RevocationEndpoint {
public:
    explicit RevocationEndpoint(Host& host)
        : host_(host), clients_(host.one<Clients>()), tokens_(host.one<Tokens>()) {}

    HttpResponse post(const Context& context, const HttpRequest& request) const;

private:
    Status revoke(const Context& context, const AskedToken& asked) const;

    Host& host_;
    const Clients& clients_;
    const Tokens& tokens_;
};

}  // namespace gatehouse
