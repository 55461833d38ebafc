// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Context.h>
#include <gatehouse/Plugin.h>
#include <gatehouse/Result.h>
#include <gatehouse/Scope.h>
#include <gatehouse/Time.h>
#include <gatehouse/Token.h>
#include <gatehouse/Value.h>

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// What a client waits for a person to allow (Promise).
struct Approval {
    std::string_view id;  ///< the same each time it is asked about; base64url
    const Client& client;
    const Subject& person;  ///< who is asked; the `sub` is the server's own
    const ScopeSet& scopes;  ///< what its tokens would be good for
    const std::vector<std::string>& resources;  ///< and where; empty: the server's own
    const ValueMap& shown;  ///< what a page of it shows: Promise::page
    std::string url;  ///< where the person can decide in a browser; empty: nowhere
    TimePoint until{};  ///< afterwards nobody can
};

/// What an approver says.
struct Ruling {
    enum class Says { allow, deny, pending };
    Says says = Says::pending;
    std::vector<std::string>
        amr{};  ///< with `allow`: how the person proved who they are (RFC 8176)
};

/// Decides for the person who is asked, by whatever way there is to them: their phone, their bank's
/// app. It is asked by a durable job, again and again until it, another approver or the person at a
/// page has decided, or time is over; the first decision counts, whatever is said later.
class Approver : public Plugin {
public:
    static constexpr Point point{"approver", 1, Cardinality::ordered};
    /// Told what is wanted, also to begin asking the person; now and then twice at once. May block
    /// until the context's deadline. An error is as good as `pending`.
    virtual Result<Ruling> ask(const Context&, const Approval&) const = 0;
};

}  // namespace gatehouse
