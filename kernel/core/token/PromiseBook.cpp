// SPDX-License-Identifier: Apache-2.0
#include "token/PromiseBook.h"

#include <gatehouse/Records.h>

#include "json/Json.h"
#include "token/PromiseText.h"
#include "token/TicketRecord.h"

#include <utility>

namespace gatehouse {

namespace {

/// So much longer a client hears how it ended.
constexpr seconds told{600};
constexpr std::string_view expiredToken = "expired_token";  // RFC 8628 section 3.5

OAuthError refusal(std::string_view code, std::string_view description, std::string detail = {}) {
    return OAuthError::of(code, description, std::move(detail));
}

}  // namespace

Result<Promised> PromiseBook::make(const Context& context, std::string kind, const Client& client,
                                   std::string sealed, const Promise& terms, Subject person) {
    const Handle handle = handles_.make();
    OpenPromise promise;
    promise.kind = std::move(kind);
    promise.key = handle.selector;
    promise.hash = ticketHash(host_.crypto(), promise.kind, handle);
    promise.clientId = client.id;
    promise.registration = client.registration;
    promise.until = host_.clock().now() + terms.lifetime;
    promise.interval = terms.interval;
    promise.sealed = std::move(sealed);
    promise.page = terms.page;
    promise.returnPath = terms.returnPath;
    promise.grant = terms.grant;
    promise.person = std::move(person);
    promise.askPath = terms.askPath;
    Record record;
    record.kind = promise.kind;
    record.key = promise.key;
    record.expires = promise.until + told;
    record.payload = promiseText(promise);
    Batch batch;
    batch.expects.push_back({record.kind, record.key, Expect::State::absent, 0});
    batch.puts.push_back(std::move(record));
    const auto moment = polls_.moment();
    const auto outcome = host_.records().apply(context, std::move(batch));
    if (!outcome) {
        return outcome.error();
    }
    if (!outcome->applied()) {
        return Error::internal("a new promise has the key of another");
    }
    polls_.remember(promise, moment);
    return Promised{handle.text(), promiseReference(promise.kind, promise.key)};
}

Result<std::optional<OpenPromise>> PromiseBook::find(const Context& context,
                                                     std::string_view reference) const {
    const auto place = promisePlace(reference);
    if (place.kind.empty()) {
        return std::optional<OpenPromise>();
    }
    const auto record = host_.records().find(context, place.kind, place.key);
    if (!record) {
        return record.error();
    }
    const auto payload = *record ? parseJson((*record)->payload) : std::nullopt;
    if (!payload || payload->map() == nullptr) {
        return std::optional<OpenPromise>();
    }
    auto promise = promiseFrom(**record, *payload->map());
    const bool isOver = !promise.isDecided && promise.until <= host_.clock().now();
    return isOver ? std::nullopt : std::optional(std::move(promise));
}

Status PromiseBook::keep(const Context& context, const Client& client, const OpenPromise& promise,
                         const CodeGrant& grant, Batch& batch) const {
    auto record = ticketRecord({promise.kind, promise.expires}, promise.key, promise.hash, grant);
    record.payload = keptText(promise, record.payload);
    return decide(context, client, promise, std::move(record), batch);
}

Result<bool> PromiseBook::deny(const Context& context, const Client& client,
                               const OpenPromise& promise) const {
    Record record;
    record.kind = promise.kind;
    record.key = promise.key;
    record.expires = promise.expires;
    record.payload = deniedText(promise);
    Batch batch;
    if (auto decided = decide(context, client, promise, std::move(record), batch); !decided) {
        return decided.error();
    }
    const auto outcome = host_.records().apply(context, std::move(batch));
    return outcome ? Result<bool>(outcome->applied()) : outcome.error();
}

Status PromiseBook::decide(const Context& context, const Client& client, const OpenPromise& promise,
                           Record record, Batch& batch) const {
    const auto reference = promiseReference(promise.kind, promise.key);
    batch.expects.push_back({record.kind, record.key, Expect::State::version, promise.version});
    batch.notices.push_back({topic, reference, record.issuer, record.expires});
    batch.puts.push_back(std::move(record));
    return tellers_.addTo(batch, context, {client, promise.grant, reference});
}

std::optional<OAuthError> PromiseBook::ask(std::string_view kind, const Handle& handle,
                                           std::string_view hash, const Client& client) {
    return polls_.ask(promiseReference(kind, handle.selector), hash, client);
}

std::optional<OAuthError> PromiseBook::answer(const Record& record, const ValueMap& ticket,
                                              const Client& client, std::uint64_t moment) {
    if (!isPending(ticket) && !isDenied(ticket)) {
        return std::nullopt;
    }
    const auto promise = promiseFrom(record, ticket);
    if (promise.clientId != client.id || promise.registration != client.registration) {
        return refusal(OAuthCode::invalidGrant, "What was to be redeemed is not valid",
                       "issued to another client");
    }
    if (isDenied(ticket)) {
        return refusal(OAuthCode::accessDenied, "The person denied the request");
    }
    if (promise.until <= host_.clock().now()) {
        return refusal(expiredToken, "Nobody has decided in time");
    }
    polls_.remember(promise, moment);
    auto asked = polls_.ask(promiseReference(promise.kind, promise.key), promise.hash, client);
    return asked ? std::move(asked)
                 : refusal(OAuthCode::authorizationPending, "Nobody has decided yet");
}

}  // namespace gatehouse
