// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Outgoing.h>
#include <gatehouse/Result.h>
#include <gatehouse/Value.h>

#include "limit/SiteTurns.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

namespace gatehouse {

/// What lay at an address.
struct FetchedKeySet {
    std::shared_ptr<const Value> keys;
    seconds life;  ///< how long its server says that it is good, within bounds
};

/// Gets key sets from where others keep them. One at once from each site and few in all, and not
/// for long: workers wait meanwhile. Any thread; blocks.
class KeySetFetcher {
public:
    KeySetFetcher(OutgoingCalls& calls, const Clock& clock)
        : calls_(calls), turns_(clock, {mostAtOnce}) {}

    /// nullopt: others are asked just now, or the site rests. Fault::unavailable: nothing came;
    /// Fault::badInput: something else did, or it may not be asked.
    Result<std::optional<FetchedKeySet>> fetch(const Context& context,
                                               const std::string& url) const;

private:
    static constexpr std::size_t mostAtOnce = 3;

    OutgoingCalls& calls_;
    mutable SiteTurns turns_;
};

}  // namespace gatehouse
