// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Outgoing.h>
#include <gatehouse/Result.h>

#include "limit/SiteTurns.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace gatehouse {

/// Gets request objects from where clients keep them (RFC 9101 section 5.2, OpenID Connect Core
/// section 6.2): from no address but those that are registered. Few at once and not for long, since
/// strangers can ask for it. Any thread; blocks.
class ObjectFetcher {
public:
    ObjectFetcher(OutgoingCalls& calls, const Clock& clock)
        : calls_(calls), turns_(clock, {mostAtOnce, mostAtOnce}) {}

    /// The text that lies there.
    Result<std::string, OAuthError> fetch(const Context& context, const Client& client,
                                          std::string_view uri) const;

private:
    /// Workers that wait for sites; the others are for people.
    static constexpr std::size_t mostAtOnce = 2;

    OutgoingCalls& calls_;
    mutable SiteTurns turns_;
};

}  // namespace gatehouse
