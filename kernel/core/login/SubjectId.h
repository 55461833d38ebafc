// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>

#include <string>
#include <string_view>

namespace gatehouse {

/// The `sub` of a person: 22 characters, the same as long as issuer, name of the user store and the
/// store's own id are. Two stores that both know a user "42" have two people (OpenID Connect Core
/// section 8).
std::string subjectId(const Crypto& crypto, const Issuer& issuer, std::string_view store,
                      std::string_view id);

}  // namespace gatehouse
