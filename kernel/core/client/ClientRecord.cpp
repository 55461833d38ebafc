// SPDX-License-Identifier: Apache-2.0
#include "client/ClientRecord.h"

#include "client/ClientMetadata.h"

#include <utility>

namespace gatehouse {

namespace {

constexpr seconds noticeLifetime{3600};

Notice noticeOf(const Context& context, const Clock& clock, std::string_view clientId) {
    return {std::string(clientKind), std::string(clientId), context.issuer.id,
            clock.now() + noticeLifetime};
}

}  // namespace

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

Batch eraseClient(const Context& context, const Clock& clock, std::string_view clientId) {
    Batch batch;
    batch.erases.push_back({std::string(clientKind), std::string(clientId)});
    batch.notices.push_back(noticeOf(context, clock, clientId));
    return batch;
}

void noteUse(Host& host, const Context& context, const Client& client) {
    if (client.unusedUntil == never) {
        return;
    }
    const auto record = host.records().find(context, clientKind, client.id);
    if (!record || !*record) {
        return;
    }
    auto stored = clientFromPayload((*record)->payload);
    if (!stored || stored->unusedUntil == never || stored->registration != client.registration) {
        return;
    }
    stored->unusedUntil = never;
    auto batch =
        putClient(context, host.clock(), *stored, Expect::State::version, (*record)->version);
    (void)host.records().apply(context, std::move(batch));
}

}  // namespace gatehouse
