// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/point/ClientMetadataRule.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse {

/// The client_metadata_rule plugins; one that throws refuses. Threads: any.
class ClientRules {
public:
    using Plugins = std::vector<Host::Named<ClientMetadataRule>>;

    explicit ClientRules(Plugins plugins = {}) : plugins_(std::move(plugins)) {}

    /// Every member that two of them claim, or one and the server itself, a line each.
    Status check() const;
    /// The members that they understand.
    std::vector<std::string> members() const;
    /// What is wrong with the metadata of a new or changed client, beginning with the member's
    /// name.
    std::vector<std::string> problems(const Context& context, const ValueMap& metadata) const;
    /// The first member that neither they nor the server itself understand; empty: there is none.
    std::string notUnderstood(const ValueMap& metadata) const;

private:
    Plugins plugins_;
};

}  // namespace gatehouse
