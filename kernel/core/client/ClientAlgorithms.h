// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Result.h>
#include <gatehouse/Value.h>

#include <string_view>
#include <vector>

namespace gatehouse {

/// What the tokens of a new or changed client are signed with: `signing` are the algorithms that
/// there are keys for, where that is known. Looked at are the `changes`, which name the client_id
/// of a new one: it needs a key for RS256 if it asks for nothing else (OpenID Connect Registration
/// section 2). What is stored is taken as it is.
Status checkClientAlgorithms(const Client& client, const ValueMap& changes,
                             std::vector<std::string_view> signing);

}  // namespace gatehouse
