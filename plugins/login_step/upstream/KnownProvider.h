// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Result.h>

#include "ProviderCalls.h"
#include "ProviderMetadata.h"
#include "jose/KeySetFetcher.h"
#include "jose/KnownKeySets.h"

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// What an OpenID provider publishes: its document and its keys, fetched when they are needed and
/// kept as long as it says; what is known stays good for a day while it is away. Threads: any.
class KnownProvider {
public:
    using Metadata = std::shared_ptr<const ProviderMetadata>;
    using Keys = std::shared_ptr<const Value>;

    KnownProvider(Host& host, const ProviderCalls& calls, std::string issuer);

    Result<Metadata> metadata(const Context& context) const;
    /// With the one of this `kid`, if there is one.
    Result<Keys> keys(const Context& context, const ProviderMetadata& metadata,
                      std::string_view kid) const;

private:
    struct Known {
        Metadata metadata;
        SteadyPoint freshUntil = SteadyPoint::min();
        SteadyPoint goodUntil = SteadyPoint::min();
        SteadyPoint askAgain = SteadyPoint::min();
        std::optional<Error> failure = {};
    };
    std::optional<Result<Metadata>> knownOrAsk() const;
    Result<Metadata> take(const Result<OutgoingAnswer>& answer) const;

    const Clock& clock_;
    const ProviderCalls& calls_;
    const std::string issuer_;
    KeySetFetcher fetcher_;
    mutable KnownKeySets keys_;
    mutable std::mutex mutex_;
    mutable Known known_;
};

}  // namespace gatehouse
