// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>

namespace gatehouse {

class Services;
struct AskedToken;

/// POST /api/oauth/introspect (RFC 7662). Every client that proves who it is may ask about access
/// tokens; about a refresh token only the client it was issued to.
class IntrospectionEndpoint {
public:
    explicit IntrospectionEndpoint(Services& core) : core_(core) {}

    HttpResponse post(const Context& context, const HttpRequest& request) const;

private:
    Result<std::string, OAuthError> describe(const Context& context, const AskedToken& asked) const;
    Result<std::string, OAuthError> describeRefreshToken(const Context& context,
                                                         const AskedToken& asked) const;

    Services& core_;
};

}  // namespace gatehouse
