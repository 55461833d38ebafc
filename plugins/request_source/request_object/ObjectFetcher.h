// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Outgoing.h>
#include <gatehouse/Result.h>

#include <atomic>
#include <string>
#include <string_view>

namespace gatehouse {

/// Gets request objects from where clients keep them (RFC 9101 section 5.2, OpenID Connect Core
/// section 6.2): from no address but those that are registered. Few at once and not for long, since
/// strangers can ask for it. Any thread; blocks.
class ObjectFetcher {
public:
    ObjectFetcher(OutgoingCalls& calls, Clock& clock) : calls_(calls), clock_(clock) {}

    /// The text that lies there.
    Result<std::string, OAuthError> fetch(const Context& context, const Client& client,
                                          std::string_view uri) const;

private:
    OutgoingCalls& calls_;
    Clock& clock_;
    mutable std::atomic<int> underWay_{0};
};

}  // namespace gatehouse
