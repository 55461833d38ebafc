// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Outgoing.h>
#include <gatehouse/Result.h>

#include "AskedRequests.h"

namespace gatehouse {

/// Tells clients that a request of theirs was decided about (OpenID Connect CIBA section 10.2).
/// Threads: any; blocks on the client's server.
class Notifier {
public:
    explicit Notifier(Host& host);

    /// Once: what it answers with a status below 500 is its last word.
    Status send(const Context& context, const Client& client, const Ping& ping) const;

private:
    Status judge(const Context& context, const Client& client, int status) const;

    Host& host_;
    OutgoingCalls& calls_;
    Counter& told_;
    Counter& refused_;
};

}  // namespace gatehouse
