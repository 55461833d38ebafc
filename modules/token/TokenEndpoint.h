// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>

namespace gatehouse {

class Services;

/// POST /api/oauth/token (RFC 6749 section 3.2).
class TokenEndpoint {
public:
    explicit TokenEndpoint(Services& core) : core_(core) {}

    HttpResponse post(const Context& context, const HttpRequest& request) const;

private:
    HttpResponse refuse(const Context& context, const HttpRequest& request, const OAuthError& error,
                        std::string_view clientId) const;

    Services& core_;
};

}  // namespace gatehouse
