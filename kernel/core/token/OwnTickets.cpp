// SPDX-License-Identifier: Apache-2.0
#include "token/OwnTickets.h"

#include <gatehouse/Records.h>

#include "token/TicketRecord.h"

namespace gatehouse {

Result<std::string> OwnTickets::issue(const Context& context, std::string_view kind,
                                      const Client& client, Authorization authorization,
                                      seconds lifetime) {
    Subject& subject = authorization.subject;
    subject.sub = client.id;
    if (subject.isPerson()) {
        auto sub = tools_.subjects.of(context, subject.store, subject.id);
        if (!sub) {
            return sub.error();
        }
        subject.sub = *std::move(sub);
    }
    authorization.family.clear();
    authorization.clientId = client.id;
    authorization.registration = client.registration;
    authorization.scopes = authorization.scopes.within(client.scopes);
    const Handle handle = handles_.make();
    Batch batch;
    putTicket({names_.ticketIn(kind), tools_.clock.now() + lifetime}, handle, tools_.crypto,
              {std::move(authorization), {}, {}}, batch);
    auto outcome = tools_.records.apply(context, std::move(batch));
    if (!outcome) {
        return outcome.error();
    }
    return outcome->applied() ? Result<std::string>(handle.text())
                              : Error::internal("a new ticket has the key of another");
}

}  // namespace gatehouse
