// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Context.h>
#include <gatehouse/Host.h>

#include "client/EffectivePolicy.h"
#include "client/Lifetimes.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse {

class ClientRules;
struct ProtectedResource;

/// What the configuration says of profiles, and what they look at.
struct ProfileSettings {
    std::map<IssuerId, std::string> profiles;  ///< of issuers that hold all their clients to one
    Lifetimes lifetimes;
};

/// Which profile each client is held to, its own or its issuer's, and what that settles. Threads:
/// any.
class HeldProfiles {
public:
    /// `rules` and `jose` outlive this.
    HeldProfiles(const ClientRules& rules, const Jose& jose, ProfileSettings settings)
        : rules_(rules), jose_(jose), settings_(std::move(settings)) {}

    /// What an issuer holds all its clients to; empty: nothing.
    std::string_view of(IssuerId issuer) const;
    /// The stricter of the two; empty: none.
    std::string of(IssuerId issuer, const Client& client) const;
    /// What follows of it for the members that the client is not registered with.
    std::vector<PolicyLine> settles(IssuerId issuer, const Client& client) const;
    /// Why the client can have no tokens as this resource wants them; empty: it can.
    std::string objection(IssuerId issuer, const Client& client,
                          const ProtectedResource& resource) const;
    /// The client as plugins see it.
    Client settled(IssuerId issuer, Client client) const;
    /// What contradicts it, in the client's metadata, the settings and what plugins there are; a
    /// line each, beginning with the member.
    std::vector<std::string> problems(IssuerId issuer, const Client& client) const;
    /// A client of an issuer that says nothing itself.
    Client example(IssuerId issuer) const;
    /// What contradicts an issuer's own, whatever clients it has.
    std::vector<std::string> problems(IssuerId issuer) const;

private:
    const ClientRules& rules_;
    const Jose& jose_;
    const ProfileSettings settings_;
};

}  // namespace gatehouse
