// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Result.h>
#include <gatehouse/Value.h>

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Members of client metadata that the server itself understands, and when each is admitted.
struct OwnClientRule {
    const char* specification;
    std::vector<std::string_view> members;
    /// `client` is what is made of the metadata. nullptr: the member is kept as it is.
    Status (*admit)(std::string_view member, const ValueMap& metadata, const Client& client);
};

/// All there are, by specification.
const std::vector<OwnClientRule>& ownClientRules();

/// The `access_token_format` of a new or changed client, when it has one: one of the configured
/// instances of token_format plugins, or any where there are none. What is stored is taken as it
/// is.
Status checkClientTokenFormat(const Client& client, const std::vector<std::string>& instances);

}  // namespace gatehouse
