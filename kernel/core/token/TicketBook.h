// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Ticket.h>
#include <gatehouse/point/Storage.h>

#include "store/Handle.h"
#include "token/OpenPromise.h"
#include "token/TicketRecord.h"

#include <string>
#include <string_view>

namespace gatehouse {

class FamilyBook;
class Lifetimes;
class PromiseBook;

/// A ticket that was found good: what it stands for, and the record that is used up.
struct OpenedTicket {
    Authorization authorization;
    std::string kind;
    std::string key;
    std::uint64_t version = 0;
    std::string hash;
    std::string challenge;
};

/// Issues and opens single-use tickets. Threads: any.
class TicketBook {
public:
    /// All of it outlives this.
    TicketBook(Host& host, HandleMaker& handles, FamilyBook& families, PromiseBook& promises,
               const Lifetimes& lifetimes)
        : host_(host), handles_(handles), families_(families), promises_(promises),
          lifetimes_(lifetimes) {}

    /// Adds the authorization to the batch; the code is good once that is applied.
    std::string issueCode(const Context& context, const Client& client, const CodeGrant& grant,
                          Batch& batch) const;
    /// The same for what a client waits for.
    Status keep(const Context& context, const Client& client, const OpenPromise& promise,
                const CodeGrant& grant, Batch& batch) const;
    /// See TokenRequest::openTicket(). `kind` is that of the record.
    Result<OpenedTicket, OAuthError> open(const Context& context, std::string_view kind,
                                          const Client& client, const Form& form,
                                          std::string_view text) const;
    /// Adds to the batch what makes the ticket used; it expects the version that was opened. That
    /// is kept as long as an access token of the client lives.
    void useUp(const Context& context, const Client& client, const OpenedTicket& ticket,
               Batch& batch) const;

private:
    Result<OpenedTicket, OAuthError> reused(const Context& context, const Record& record,
                                            const ValueMap& used) const;

    Host& host_;
    HandleMaker& handles_;
    FamilyBook& families_;
    PromiseBook& promises_;
    const Lifetimes& lifetimes_;
};

}  // namespace gatehouse
