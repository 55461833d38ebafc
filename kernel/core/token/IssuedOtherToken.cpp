// SPDX-License-Identifier: Apache-2.0
#include "client/ClientDirectory.h"
#include "token/TokenDraft.h"

// What TokenIssuer gives in place of access tokens.

namespace gatehouse {

Result<std::optional<TokenSet>, OAuthError> TokenIssuer::giveOther(const Context& context,
                                                                   const Client& client,
                                                                   const Granted& granted,
                                                                   const AskedBy& request) const {
    const OtherToken& other = *granted.entitlement.other;
    Draft draft = draftOf(context, client, granted);
    draft.access.id = other.id;
    draft.access.scopes = other.scopes;
    Batch batch;
    useUp(context, draft, batch);
    const auto isRecorded = record(context, granted, std::move(batch));
    if (!isRecorded) {
        return isRecorded.error();
    }
    if (!*isRecorded) {
        return std::optional<TokenSet>();
    }
    noteUse(host_, context, client);
    Event event = eventOf(draft, request);
    event.details.set("audience", other.audience);
    host_.events().publish(context, std::move(event));
    return std::optional(
        TokenSet{other.text, "N_A", other.life, {}, {}, other.scopes, granted.entitlement.members});
}

}  // namespace gatehouse
