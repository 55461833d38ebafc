// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/ClientKeySource.h>
#include <gatehouse/Host.h>
#include <gatehouse/point/ClientMetadataRule.h>

#include "client/SubjectForms.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse {

/// The client_metadata_rule plugins; one that throws refuses. Threads: any.
class ClientRules {
public:
    using Plugins = std::vector<Host::Named<ClientMetadataRule>>;

    explicit ClientRules(Plugins plugins = {});

    /// Every member that two of them claim, or one and the server itself, a line each.
    Status check() const;
    /// The members that they understand.
    std::vector<std::string> members() const;
    /// Those that a client may say of itself.
    std::vector<std::string> clientsOwn() const;
    /// What is wrong with the metadata of a new or changed client, beginning with the member's
    /// name.
    std::vector<std::string> problems(const Context& context, const ValueMap& metadata) const;
    /// The first member that neither they nor the server itself understand; empty: there is none.
    std::string notUnderstood(const ValueMap& metadata) const;
    /// Does one of them know where the keys of such a client are?
    bool knowKeysOf(const ValueMap& metadata) const;
    /// See Clients::keys().
    Result<std::shared_ptr<const Value>> keys(const Context& context, const Client& client,
                                              std::string_view kid) const;
    const SubjectForms& subjects() const noexcept { return subjects_; }
    /// Asks those that ask others; see RemoteCheck.
    Status checkRemote(const Context& context, const ValueMap& metadata) const;

private:
    static std::vector<std::string> membersOf(const Plugins& plugins);

    Plugins plugins_;
    SubjectForms subjects_;
    std::vector<Host::Named<ClientKeySource>> keySources_;
};

}  // namespace gatehouse
