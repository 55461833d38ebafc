// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Result.h>
#include <gatehouse/facade/People.h>
#include <gatehouse/point/LoginStep.h>
#include <gatehouse/point/UserStore.h>

#include "LinkBook.h"
#include "UpstreamPerson.h"
#include "UpstreamSettings.h"
#include "limit/WindowQuota.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Who somebody is here that a provider has told us of: whom the link names; otherwise whom the
/// operator's rule finds, or somebody new. Threads: any.
class Accounts {
public:
    struct Most {
        std::int64_t perAddress;
        std::int64_t inAll;
        seconds window;
    };
    Accounts(Host& host, const UpstreamSettings& settings, Most most);
    void start();

    struct Found {
        std::optional<FoundUser> person = {};
        std::string_view problem = {};  ///< key of what they are told; static storage
        seconds wait{0};  ///< there were too many
    };
    /// An error: it cannot be told now.
    Result<Found> find(const Context& context, const UpstreamPerson& person,
                       const LoginState& state) const;

    /// The `sub` here of whom the link names; empty: nobody.
    Result<std::string> subOf(const Context& context, std::string_view upstreamSub) const;

private:
    using Link = std::optional<AccountLink>;

    Result<Found> linked(const Context& context, const UpstreamPerson& person,
                         const LoginState& state, const AccountLink& link) const;
    Result<bool> isGone(const Context& context, const AccountLink& link) const;
    Result<Found> newcomer(const Context& context, const UpstreamPerson& person,
                           const LoginState& state, const Link& before) const;
    Result<std::optional<FoundUser>> localOf(const Context& context,
                                             const UpstreamPerson& person) const;
    bool isVerified(const UpstreamPerson& person) const;
    Result<std::string_view> obstacle(const Context& context, const UpstreamPerson& person,
                                      const FoundUser& local) const;
    Result<Found> take(const Context& context, const UpstreamPerson& person,
                       const LoginState& state, const Link& before, FoundUser local) const;
    Result<Found> make(const Context& context, const UpstreamPerson& person,
                       const LoginState& state, const Link& before) const;
    Result<bool> mayMake(const Context& context, const LoginState& state) const;
    Result<FoundUser> add(const Context& context, const UpstreamPerson& person) const;
    Result<std::optional<FoundUser>> tryToAdd(const Context& context, const User& user) const;
    std::vector<std::string> loginsFor(const UpstreamPerson& person) const;
    ValueMap claimsOf(const UpstreamPerson& person) const;
    void refresh(const Context& context, const UpstreamPerson& person, FoundUser& known) const;
    const Host::Named<UserStore>* editable(const Issuer& issuer) const;
    void tell(const Context& context, std::string_view type, const LoginState& state,
              const FoundUser& person) const;

    Host& host_;
    const UpstreamSettings& settings_;
    const Most most_;
    const WindowQuota quota_;
    const LinkBook links_;
    const People* people_ = nullptr;
    std::vector<Host::Named<UserStore>> stores_;
};

}  // namespace gatehouse
