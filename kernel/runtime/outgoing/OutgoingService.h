// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Outgoing.h>

#include "net/TlsTrust.h"
#include "outgoing/AnswerCache.h"
#include "outgoing/HostGates.h"
#include "outgoing/OutgoingRules.h"
#include "outgoing/Resolver.h"

#include <atomic>
#include <string>

namespace gatehouse {

/// Every request that this process makes to another server. Addresses are judged where they are
/// connected to: a name is looked up once, and what was looked up is what is dialled. Threads: any.
class OutgoingService {
public:
    struct Settings {
        OutgoingRules rules;
        milliseconds timeout{10'000};  ///< of a whole call
        HostGates::Limits hosts = {};
        Resolver resolver = systemResolver;
    };

    /// `clock` and `log` must outlive this.
    OutgoingService(const Clock& clock, Log& log, TlsTrust trust, Settings settings);

    /// As OutgoingCalls::send().
    Result<OutgoingAnswer> send(const Context& context, const OutgoingRequest& request);
    /// Calls under way end soon, later ones at once.
    void stop() noexcept { isStopping_ = true; }

private:
    Result<OutgoingAnswer> ask(const OutgoingUrl& url, const OutgoingRequest& request,
                               const CallLimit& limit);
    Result<OutgoingAnswer> attempt(const OutgoingUrl& url, const OutgoingRequest& request,
                                   const CallLimit& limit);
    Result<HostGates::Connection> connect(const OutgoingUrl& url, const CallLimit& limit);
    Result<HostGates::Connection> dial(const OutgoingUrl& url,
                                       const std::vector<NetworkAddress>& addresses,
                                       const CallLimit& limit);
    Result<OutgoingAnswer> converse(HostGates::Connection connection, const OutgoingUrl& url,
                                    const OutgoingRequest& request, const CallLimit& limit);

    const Clock& clock_;
    const TlsTrust trust_;
    const Settings settings_;
    HostGates gates_;
    AnswerCache cache_;
    std::atomic<bool> isStopping_{false};
};

}  // namespace gatehouse
