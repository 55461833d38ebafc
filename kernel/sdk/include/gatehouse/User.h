// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include <array>
#include <string>
#include <string_view>

namespace gatehouse {

/// A person, as a user store knows them.
struct User {
    std::string id;  ///< the store's own, UTF-8 without NUL; stable over renames; never shown
    std::string login;  ///< what the person types
    bool isDisabled = false;
    ValueMap claims;  ///< by OpenID Connect Core section 5.1 name, or as `oauth.claims` declares;
                      ///< others reach no client. Never null or ""
    bool needsNewPassword = false;  ///< to be chosen at the next login; of a store with an editor()
};

/// Whether only the server says this about somebody (RFC 7519, 7662, 8693, 9068 and 9396, OpenID
/// Connect Core sections 2 and 5.6, AccessToken::exchangedFrom): a store's claim of that name is
/// never told to anybody, so a store should not take it.
inline bool isServersClaim(std::string_view name) noexcept {
    constexpr std::array<std::string_view, 26> names{
        "iss",           "sub",    "aud",     "exp",          "nbf",
        "iat",           "jti",    "nonce",   "auth_time",    "acr",
        "amr",           "azp",    "sid",     "cnf",          "at_hash",
        "c_hash",        "s_hash", "scope",   "client_id",    "active",
        "token_type",    "act",    "may_act", "_claim_names", "_claim_sources",
        "exchanged_from"};
    for (const auto& known : names) {
        if (known == name) {
            return true;
        }
    }
    return false;
}

}  // namespace gatehouse
