// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Result.h>
#include <gatehouse/Token.h>
#include <gatehouse/point/LoginStep.h>
#include <gatehouse/point/UserStore.h>

#include "login/KeptOut.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Finds people by what tokens and sessions remember of them. Threads: any; may block on a user
/// store.
class PersonDirectory {
public:
    explicit PersonDirectory(Host& host) : stores_(host.all<UserStore>()), keptOut_(host) {}

    /// The person as the store knows them now; nullopt when gone, disabled there or from here, or
    /// the issuer no longer asks the store.
    Result<std::optional<User>> find(const Context& context, const Subject& subject) const;
    /// Whether their store says so, or a command did where the store is read-only.
    Result<bool> isDisabled(const Context& context, const FoundUser& person) const;
    /// Of a store that is read-only.
    const KeptOut& keptOut() const noexcept { return keptOut_; }
    /// Those that the issuer asks, in the order of the configuration.
    std::vector<Host::Named<UserStore>> stores(const Issuer& issuer) const;
    /// Whom the first store that knows the login takes it for, whatever their state; an error when
    /// one before it is away: it may know it too.
    Result<std::optional<FoundUser>> findByLogin(const Context& context,
                                                 std::string_view login) const;
    /// What can be somebody's; no store is asked about anything else.
    static constexpr std::size_t longestLogin = 255;
    static constexpr std::size_t longestPassword = 1024;
    /// Whose login and password these are, whatever their state; a store that is away is passed
    /// over while another knows them.
    Result<std::optional<FoundUser>> findByPassword(const Context& context, std::string_view login,
                                                    const Secret& password) const;
    /// The same for all logins that would find one person, known or not.
    std::string spelling(const Issuer& issuer, std::string_view login) const;
    /// The issuer's instance of this name; an empty name gives the first that can be edited. Its
    /// plugin is null when there is none.
    Host::Named<UserStore> store(const Issuer& issuer, std::string_view instance) const;

private:
    std::vector<Host::Named<UserStore>> stores_;
    KeptOut keptOut_;
};

}  // namespace gatehouse
