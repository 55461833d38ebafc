// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// How a client wants one kind of answer: its members of that kind (OpenID Connect Registration
/// section 2).
struct ResponseMembers {
    std::string_view signing;  ///< name of the member; empty: the server itself has it
    std::string_view algorithm;
    std::string_view encryption;
};

/// The `enc` that a client has which names an `alg` alone.
std::string_view encryptionOf(const ValueMap& metadata, const ResponseMembers& members);

/// What is wrong with a client's members of this kind, one problem a line; empty: nothing.
/// `signing`: the algorithms that there are keys for.
std::string problemsOf(const ValueMap& metadata, const ResponseMembers& members,
                       const std::vector<std::string_view>& signing);

}  // namespace gatehouse
