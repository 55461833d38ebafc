// SPDX-License-Identifier: Apache-2.0
#include "token/TicketRecord.h"

#include "json/JsonWriter.h"
#include "text/Base64Url.h"
#include "token/AuthorizationText.h"

#include <utility>

namespace gatehouse {

namespace {

std::string payloadOf(const CodeGrant& grant, std::string_view hash) {
    JsonWriter payload;
    payload.text("hash", hash).json("authorization", authorizationText(grant.authorization));
    if (!grant.redirectUri.empty()) {
        payload.text("redirect_uri", grant.redirectUri);
    }
    if (!grant.codeChallenge.empty()) {
        payload.text("challenge", grant.codeChallenge);
    }
    return payload.finish();
}

}  // namespace

std::string ticketHash(const Crypto& crypto, std::string_view kind, const Handle& handle) {
    return base64url(handleHash(crypto, kind, handle.verifier));
}

Record ticketRecord(TicketPlace place, std::string_view selector, std::string_view hash,
                    const CodeGrant& grant) {
    Record record;
    record.kind = std::move(place.kind);
    record.key = selector;
    record.family = grant.authorization.family.empty() ? record.key : grant.authorization.family;
    if (record.kind == TicketKind::authorizationCode) {
        record.links = {{"subject", grant.authorization.subject.sub}};
    }
    record.expires = place.expires;
    record.payload = payloadOf(grant, hash);
    return record;
}

void putTicket(TicketPlace place, const Handle& handle, const Crypto& crypto,
               const CodeGrant& grant, Batch& batch) {
    const auto hash = ticketHash(crypto, place.kind, handle);
    auto record = ticketRecord(std::move(place), handle.selector, hash, grant);
    batch.expects.push_back({record.kind, record.key, Expect::State::absent, 0});
    batch.puts.push_back(std::move(record));
}

}  // namespace gatehouse
