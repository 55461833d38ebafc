// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "token/TokenIssuer.h"
#include "token/TokenNotes.h"

#include <optional>
#include <string>

namespace gatehouse {

/// Tokens while they are made.
struct TokenIssuer::Draft {
    const Client& client;
    const Granted& granted;
    const Entitlement& entitlement;
    AccessToken access;
    std::string format;  ///< of the access token
    std::string refreshToken;
    std::optional<TokenNotes::Carried> carried;
};

inline void addTo(ValueMap& map, const ValueMap& more) {
    for (const auto& [name, value] : more) {
        map.set(name, value);
    }
}

}  // namespace gatehouse
