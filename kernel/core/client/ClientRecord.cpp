// SPDX-License-Identifier: Apache-2.0
#include "client/ClientRecord.h"

#include "client/ClientMetadata.h"
#include "client/Lifetimes.h"
#include "text/Base64Url.h"
#include "token/RevocationSet.h"

#include <utility>

namespace gatehouse {

namespace {

constexpr seconds noticeLifetime{3600};
constexpr seconds longestToken{accessTokenTtl.limits.most};

Notice noticeOf(const Context& context, const Clock& clock, std::string_view clientId) {
    return {std::string(clientKind), std::string(clientId), context.issuer.id,
            clock.now() + noticeLifetime};
}

}  // namespace

std::string newRegistration(Random& random) {
    constexpr std::size_t bytes = 6;  // enough to tell few apart
    return base64url(random.bytes(bytes));
}

Batch putClient(const Context& context, const Clock& clock, const Client& client,
                Expect::State expect, std::uint64_t version) {
    Record record;
    record.kind = clientKind;
    record.key = client.id;
    record.expires = client.unusedUntil;
    record.payload = clientPayload(client);
    Batch batch;
    batch.expects.push_back({std::string(clientKind), client.id, expect, version});
    batch.puts.push_back(std::move(record));
    batch.notices.push_back(noticeOf(context, clock, client.id));
    return batch;
}

Batch eraseClient(const Context& context, const Clock& clock, const Client& client) {
    Batch batch;
    batch.erases.push_back({std::string(clientKind), client.id});
    batch.notices.push_back(noticeOf(context, clock, client.id));
    if (!client.registration.empty()) {
        batch.notices.push_back({"revocation", client.registration, context.issuer.id,
                                 clock.now() + longestToken + RevocationSet::grace});
    }
    return batch;
}

}  // namespace gatehouse
