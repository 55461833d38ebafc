// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Config.h>
#include <gatehouse/Context.h>
#include <gatehouse/Result.h>
#include <gatehouse/Time.h>
#include <gatehouse/Value.h>

#include "client/EffectivePolicy.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse {

/// How long what a client is given is good: a member of its metadata, of an entry of `issuers`, and
/// all but the last two of `oauth`. In seconds.
struct LifetimeMember {
    const char* name;
    Limits limits;
};
constexpr LifetimeMember accessTokenTtl{"access_token_ttl_secs", between(1, 86'400)};
constexpr LifetimeMember refreshTokenTtl{"refresh_token_ttl_secs", between(1, 315'360'000)};
constexpr LifetimeMember idTokenTtl{"id_token_ttl_secs", between(1, 86'400)};
constexpr LifetimeMember codeTtl{"authorization_code_ttl_secs", between(1, 600)};
/// What a grant says of these holds where nobody else does.
constexpr LifetimeMember refreshTokenGrace{"refresh_token_grace_secs", between(0, 600)};
constexpr LifetimeMember refreshTokenIdle{"refresh_token_idle_secs", between(0, 315'360'000)};
constexpr LifetimeMember lifetimeMembers[] = {accessTokenTtl, refreshTokenTtl,   idTokenTtl,
                                              codeTtl,        refreshTokenGrace, refreshTokenIdle};

/// Which of them holds for a client: its own, or else its issuer's, or else the server's. Threads:
/// any.
class Lifetimes {
public:
    using OfIssuers = std::map<IssuerId, ValueMap>;

    /// `server` has the first four.
    explicit Lifetimes(ValueMap server = {{accessTokenTtl.name, 600},
                                          {refreshTokenTtl.name, 2'592'000},
                                          {idTokenTtl.name, 3600},
                                          {codeTtl.name, 60}},
                       OfIssuers ofIssuers = {})
        : server_(std::move(server)), ofIssuers_(std::move(ofIssuers)) {}

    /// One of the first four.
    seconds of(IssuerId issuer, const Client& client, const LifetimeMember& member) const;
    /// nullopt: nobody says.
    std::optional<seconds> said(IssuerId issuer, const Client& client,
                                const LifetimeMember& member) const;
    /// Of the server alone.
    seconds ofServer(const LifetimeMember& member) const;
    /// What holds for clients of an issuer that say nothing.
    std::vector<PolicyLine> lines(IssuerId issuer) const;

private:
    const ValueMap* of(IssuerId issuer) const;

    ValueMap server_;
    OfIssuers ofIssuers_;
};

std::vector<std::string_view> lifetimeNames();

/// An OwnClientRule's: what a client may say of one of them.
Status admitLifetime(std::string_view member, const ValueMap& metadata, const Client& client);

/// Fault::badInput for a client whose tokens would outlive the key that they are signed by:
/// `keysKept` is how long one stays published when it was replaced.
Status checkClientLifetimes(const Client& client, milliseconds keysKept);

}  // namespace gatehouse
