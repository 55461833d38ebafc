// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Result.h>
#include <gatehouse/point/LoginStep.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// Whose account here belongs to somebody at the provider.
struct AccountLink {
    std::string store;  ///< empty: an account is being made just now
    std::string id;
    bool isMade = false;  ///< the account was made for it
    std::uint64_t version = 0;  ///< 0: not kept yet
};

/// The links of one provider, by a keyed hash of the `sub` there. One is kept once, whoever tries
/// to at the same time. Threads: any.
class LinkBook {
public:
    /// `provider`: who says `sub`; links of another one are none.
    LinkBook(Host& host, std::string provider) : host_(host), provider_(std::move(provider)) {}

    Result<std::optional<AccountLink>> find(const Context& context, std::string_view sub) const;
    /// In the place of `before`; false: somebody else was first.
    Result<bool> put(const Context& context, std::string_view sub,
                     const std::optional<AccountLink>& before, const AccountLink& link) const;
    /// Has somebody there this account already?
    Result<bool> isTaken(const Context& context, const FoundUser& person) const;
    /// Nobody is being made any more.
    Status giveUp(const Context& context, std::string_view sub) const;

private:
    std::string keyOf(std::string_view sub) const;

    Host& host_;
    const std::string provider_;
};

}  // namespace gatehouse
