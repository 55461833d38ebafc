// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Token.h>
#include <gatehouse/point/KeyStore.h>

#include "store/RecentCache.h"

#include <memory>
#include <string>
#include <string_view>

namespace gatehouse {

/// Self-contained tokens whose signature held under the keys that are there: when a key comes or
/// goes, each is verified once more. Threads: any.
class VerifiedTokens {
public:
    using Claim = std::shared_ptr<const TokenClaim>;

    explicit VerifiedTokens(Host& host)
        : crypto_(host.crypto()), keys_(host.one<KeyStore>()), kept_(most) {}

    /// What a token is kept under, taken before it is verified; empty when the key store cannot
    /// tell whether its keys are still the same, and nothing is kept.
    std::string nameOf(const Context& context, std::string_view text) const;
    /// nullptr: not known.
    Claim find(const std::string& name) { return name.empty() ? nullptr : kept_.find(name); }
    void put(const std::string& name, Claim claim) {
        if (!name.empty()) {
            kept_.put(name, std::move(claim));
        }
    }

private:
    static constexpr std::size_t most = 16'000;

    const Crypto& crypto_;
    const KeyStore& keys_;
    RecentCache<TokenClaim> kept_;
};

}  // namespace gatehouse
