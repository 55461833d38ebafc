// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Result.h>
#include <gatehouse/Secret.h>
#include <gatehouse/Time.h>

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// What a client asks for, beside what every authorization request has (OpenID Connect CIBA section
/// 7.1).
struct AuthenticationRequest {
    std::string loginHint;  ///< this or the other
    std::string idTokenHint;
    std::string bindingMessage;
    Secret notificationToken;  ///< of a client that is pinged
    std::optional<seconds> wishedLifetime;
    Form parameters;  ///< those that every authorization request has

    /// All parameters count, wherever they came from.
    static Result<AuthenticationRequest, OAuthError> read(const Form& form, const Client& client);
};

}  // namespace gatehouse
