// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Records.h>
#include <gatehouse/Result.h>

#include "client/HeldProfiles.h"
#include "store/PerIssuer.h"
#include "store/RecentCache.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

namespace gatehouse {

class ClientRules;

/// Finds clients: those from files, then those in the storage, kept in memory until a change is
/// announced, at most for a minute. A node that does not hear of changes asks the storage each
/// time. Threads: any.
class ClientDirectory {
public:
    using StaticClients = PerIssuer<std::vector<Client>>;
    using Found = Result<std::shared_ptr<const Client>>;
    /// What becomes of what is registered under an id, nullptr for nothing, where a source may know
    /// more of it.
    using AskSources = std::function<Found(const Context& context, std::string_view clientId,
                                           std::shared_ptr<const Client> known)>;

    /// `rules` outlive this. `hearsOfChanges`: is every change of a moment ago known here? Asked
    /// from any thread. `staticClients` reads those of an issuer. `askSources`: empty where there
    /// are none; asked from any thread.
    ClientDirectory(Host& host, const ClientRules& rules, std::function<bool()> hearsOfChanges,
                    StaticClients::Make staticClients, ProfileSettings settings = ProfileSettings(),
                    AskSources askSources = nullptr);

    /// The client with what its profile settles, or nullptr when it is unknown or disabled, or has
    /// a member that no plugin understands any more, or contradicts its profile: it would be given
    /// less than it was promised.
    Found find(const Context& context, std::string_view clientId) const;
    /// The client as it is registered, whether enabled or not, read from the storage now.
    Found read(const Context& context, std::string_view clientId) const;
    /// Fails when an issuer's files cannot be read.
    StaticClients::Made staticClients(IssuerId issuer) const { return staticClients_.of(issuer); }
    const HeldProfiles& profiles() const noexcept { return profiles_; }
    /// A client was changed, here or on another node.
    void forget(IssuerId issuer, std::string_view clientId);
    /// Changes may have passed unheard.
    void forgetAll();

private:
    struct Known {
        std::shared_ptr<const Client> client;  ///< nullptr: it is there and not served
        SteadyPoint read;
    };

    seconds longestKeptOf(const Known& known) const;
    bool isServed(const Context& context, const Client& client) const;

    Log& log_;
    Records& records_;
    const Clock& clock_;
    const ClientRules& rules_;
    HeldProfiles profiles_;
    std::function<bool()> hearsOfChanges_;
    AskSources askSources_;
    mutable StaticClients staticClients_;
    mutable RecentCache<Known> cache_;
    std::atomic<std::uint64_t> forgotten_{0};
};

/// A client was given a code or tokens: one that would have vanished unused stays. Nothing for all
/// others; what cannot be written now is tried again at its next use.
void noteUse(Host& host, const Context& context, const Client& client);

}  // namespace gatehouse
