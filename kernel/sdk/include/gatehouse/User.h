// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include <string>

namespace gatehouse {

/// A person, as a user store knows them.
struct User {
    std::string id;  ///< the store's own; stable over renames; never shown to clients
    std::string login;  ///< what the person types
    bool isDisabled = false;
    ValueMap claims;  ///< standard claims by their OpenID Connect Core section 5.1 name; never null
                      ///< or ""
};

}  // namespace gatehouse
