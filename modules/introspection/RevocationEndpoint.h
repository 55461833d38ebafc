// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>

namespace gatehouse {

class Services;
struct AskedToken;

/// POST /api/oauth/revoke (RFC 7009). A refresh token takes its whole family with it; an access
/// token only itself.
class RevocationEndpoint {
public:
    explicit RevocationEndpoint(Services& core) : core_(core) {}

    HttpResponse post(const Context& context, const HttpRequest& request) const;

private:
    Status revoke(const Context& context, const AskedToken& asked) const;

    Services& core_;
};

}  // namespace gatehouse
