// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Result.h>
#include <gatehouse/facade/Clients.h>

namespace gatehouse {

/// Authentication requests that their client has signed (OpenID Connect CIBA section 7.1.1). A
/// client that is registered for an algorithm signs all of them, and no other does. Threads: any.
class SignedRequest {
public:
    explicit SignedRequest(Host& host) : host_(host), clients_(host.one<Clients>()) {}

    /// The parameters that count: those of the JWT, or of the form. One is good once.
    Result<Form, OAuthError> open(const Context& context, const Client& client,
                                  const Form& form) const;

private:
    Result<ValueMap, OAuthError> verify(const Context& context, const Client& client,
                                        std::string_view text, std::string_view algorithm) const;
    Result<std::monostate, OAuthError> useUp(const Context& context, const Client& client,
                                             const ValueMap& claims) const;

    Host& host_;
    const Clients& clients_;
};

}  // namespace gatehouse
