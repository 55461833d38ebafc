// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Ticket.h>
#include <gatehouse/point/Storage.h>

#include "store/Handle.h"

#include <string>
#include <string_view>

namespace gatehouse {

/// What an authorization code stands for; another ticket has the authorization alone.
struct CodeGrant {
    Authorization authorization;  ///< its family is made here when empty
    std::string redirectUri;  ///< as sent; empty when the request had none
    std::string codeChallenge;  ///< S256; empty: the client need not use PKCE
};

struct TicketPlace {
    std::string kind;  ///< of the record
    TimePoint expires{};
};

/// What the record keeps of the handle: a keyed hash, base64url.
std::string ticketHash(const Crypto& crypto, std::string_view kind, const Handle& handle);
/// The record of a ticket with this `hash`.
Record ticketRecord(TicketPlace place, std::string_view selector, std::string_view hash,
                    const CodeGrant& grant);
/// Adds the record of a new ticket to the batch; it is good once that is applied. That of a code is
/// linked to its person, so that it can be taken back unredeemed.
void putTicket(TicketPlace place, const Handle& handle, const Crypto& crypto,
               const CodeGrant& grant, Batch& batch);

}  // namespace gatehouse
