// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/ClientEndpoint.h>
#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/facade/Tokens.h>

namespace gatehouse {

/// POST /api/oauth/token (RFC 6749 section 3.2).
class TokenEndpoint {
public:
    explicit TokenEndpoint(Host& host)
        : host_(host), endpoint_(host, "token request"), tokens_(host.one<Tokens>()) {}

    HttpResponse post(const Context& context, const HttpRequest& request) const;

private:
    Host& host_;
    const ClientEndpoint endpoint_;
    const Tokens& tokens_;
};

}  // namespace gatehouse
