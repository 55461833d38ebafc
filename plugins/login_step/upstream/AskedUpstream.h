// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/point/LoginStep.h>

#include "ProviderMetadata.h"
#include "UpstreamSettings.h"

#include <optional>
#include <string>

namespace gatehouse {

/// What a browser was sent to a provider with. It comes along sealed, in the kernel's `state`.
struct AskedUpstream {
    std::string nonce;
    std::string verifier;  ///< RFC 7636
    TimePoint time{};

    static AskedUpstream make(Random& random, const Clock& clock);
    /// nullopt: nobody was sent.
    static std::optional<AskedUpstream> in(const ValueMap& kept);
    ValueMap kept() const;

    /// The authorization request (OpenID Connect Core section 3.1.2.1), without `state`.
    std::string url(const UpstreamSettings& settings, const ProviderMetadata& metadata,
                    const LoginState& state, const std::string& redirectUri) const;
};

}  // namespace gatehouse
