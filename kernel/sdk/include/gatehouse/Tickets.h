// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Context.h>
#include <gatehouse/Result.h>
#include <gatehouse/Ticket.h>
#include <gatehouse/Time.h>

#include <string>
#include <string_view>

namespace gatehouse {

/// Single-use texts that stand for an authorization until a grant opens them
/// (TokenRequest::openTicket). The kind is the instance's own to choose: what it issues, no other
/// instance can open. Implemented by the kernel; grows at its end. Threads: any.
class Tickets {
public:
    virtual ~Tickets() = default;
    /// A ticket for this client alone, stored when this returns. Of the authorization family,
    /// client and `sub` are the kernel's to make, and scopes the client may not have are left out.
    /// 58 characters of base64url; only a hash of them is kept, so it cannot be told again.
    virtual Result<std::string> issue(const Context&, std::string_view kind, const Client& client,
                                      Authorization authorization, seconds lifetime) = 0;
};

}  // namespace gatehouse
