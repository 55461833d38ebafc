// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include <array>
#include <string>
#include <string_view>

namespace gatehouse {

/// A person, as a user store knows them.
struct User {
    std::string id;  ///< the store's own; stable over renames; never shown to clients
    std::string login;  ///< what the person types
    bool isDisabled = false;
    ValueMap claims;  ///< standard claims by their OpenID Connect Core section 5.1 name; never null
                      ///< or ""
};

/// Whether only the server says this about somebody (RFC 7519, OpenID Connect Core section 2, RFC
/// 9068): a store's claim of that name is never told to anybody, so a store should not take it.
inline bool isServersClaim(std::string_view name) noexcept {
    constexpr std::array<std::string_view, 19> names{
        "iss", "sub", "aud", "exp", "nbf",     "iat",    "jti",    "nonce", "auth_time", "acr",
        "amr", "azp", "sid", "cnf", "at_hash", "c_hash", "s_hash", "scope", "client_id"};
    for (const auto& known : names) {
        if (known == name) {
            return true;
        }
    }
    return false;
}

}  // namespace gatehouse
