// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Http.h>

#include <string_view>

namespace gatehouse {

class Services;

/// GET and POST /api/oauth/authorize (RFC 6749 section 3.1, OpenID Connect Core section 3.1.2.1).
class AuthorizationEndpoint {
public:
    explicit AuthorizationEndpoint(Services& core) : core_(core) {}

    HttpResponse get(const Context& context, const HttpRequest& request) const;
    /// A POST from another site arrives without our cookies, which are SameSite=Lax; so it is sent
    /// on to GET, which has them.
    HttpResponse post(const Context& context, const HttpRequest& request) const;

private:
    HttpResponse refuse(const Context& context, const HttpRequest& request,
                        std::string_view why) const;

    Services& core_;
};

}  // namespace gatehouse
