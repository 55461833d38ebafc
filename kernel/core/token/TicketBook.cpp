// SPDX-License-Identifier: Apache-2.0
#include "token/TicketBook.h"

#include <gatehouse/Records.h>

#include "client/Lifetimes.h"
#include "json/Json.h"
#include "json/JsonWriter.h"
#include "json/Members.h"
#include "token/AuthorizationText.h"
#include "token/FamilyBook.h"
#include "token/HeldUp.h"
#include "token/Pkce.h"
#include "token/PromiseBook.h"

namespace gatehouse {

namespace {

/// Who never heard whether its code was used asks again: for so long that is no theft. It spans a
/// failover of the database.
constexpr seconds retryTime{20};

bool isCode(std::string_view kind) {
    return kind == TicketKind::authorizationCode;
}

OAuthError invalid(std::string_view kind, std::string detail) {
    return OAuthError::of(OAuthCode::invalidGrant,
                          isCode(kind) ? "The authorization code is not valid"
                                       : "What was to be redeemed is not valid",
                          std::move(detail));
}

Authorization authorizationIn(const ValueMap& code) {
    const Value* kept = code.find("authorization");
    return kept != nullptr && kept->map() != nullptr ? authorizationFrom(*kept->map())
                                                     : Authorization{};
}

/// Is it the client itself that asks again soon?
bool isRetry(const Crypto& crypto, const ValueMap& used, const Form& form, TimePoint now) {
    const TimePoint moment{milliseconds{numberOf(used, "used_at", 0)}};
    return now - moment <= retryTime &&
           Pkce::matches(crypto, used.text("challenge"), form.text("code_verifier"));
}

/// OAuth 2.1 section 4.1.3: PKCE has made redirect_uri needless here, so a client may leave it out;
/// what it sends must be right. OpenID Connect Core section 3.1.3.2 wants it always.
bool isRedirectUriRight(const ValueMap& code, const Authorization& authorization,
                        const Form& form) {
    const bool mayLack = code.contains("challenge") && !authorization.scopes.contains("openid");
    return (mayLack && !form.has("redirect_uri")) ||
           form.text("redirect_uri") == code.text("redirect_uri");
}

/// Which check a ticket fails at, for the log; empty: none.
std::string problemOf(const Crypto& crypto, std::string_view kind, const ValueMap& code,
                      const Authorization& authorization, const Client& client, const Form& form) {
    if (!authorization.isOf(client)) {
        return "issued to another client";
    }
    if (!isCode(kind)) {
        return {};
    }
    if (!isRedirectUriRight(code, authorization, form)) {
        return "redirect_uri is not the one of the authorization request";
    }
    if (!Pkce::matches(crypto, code.text("challenge"), form.text("code_verifier"))) {
        return "code_verifier does not fit the code_challenge";
    }
    return {};
}

}  // namespace

std::string TicketBook::issueCode(const Context& context, const Client& client,
                                  const CodeGrant& grant, Batch& batch) const {
    const Handle handle = handles_.make();
    const auto life = lifetimes_.of(context.issuer.id, client, codeTtl);
    putTicket({std::string(TicketKind::authorizationCode), host_.clock().now() + life}, handle,
              host_.crypto(), grant, batch);
    return handle.text();
}

Status TicketBook::keep(const Context& context, const Client& client, const OpenPromise& promise,
                        const CodeGrant& grant, Batch& batch) const {
    return promises_.keep(context, client, promise, grant, batch);
}

Result<OpenedTicket, OAuthError> TicketBook::open(const Context& context, std::string_view kind,
                                                  const Client& client, const Form& form,
                                                  std::string_view text) const {
    const auto handle = Handle::parse(text);
    if (!handle) {
        return invalid(kind, "not the form of a ticket");
    }
    const auto hash = ticketHash(host_.crypto(), kind, *handle);
    if (auto answer = promises_.ask(kind, *handle, hash, client)) {
        return *std::move(answer);
    }
    const auto moment = promises_.polls().moment();
    auto record = host_.records().find(context, kind, handle->selector);
    if (!record) {
        return OAuthError::from(record.error());
    }
    if (!*record) {
        return invalid(kind, "unknown or expired");
    }
    const auto payload = parseJson((*record)->payload);
    if (!payload || payload->map() == nullptr) {
        return invalid(kind, "its record is damaged");
    }
    const ValueMap& ticket = *payload->map();
    if (!host_.crypto().equal(ticket.text("hash"), hash)) {
        return invalid(kind, "a known selector with a wrong verifier");
    }
    if (auto answer = promises_.answer(**record, ticket, client, moment)) {
        return *std::move(answer);
    }
    Authorization authorization = authorizationIn(ticket);
    authorization.family = (*record)->family;
    if (ticket.contains("used") && ticket.text("client") == client.id) {
        if (isRetry(host_.crypto(), ticket, form, host_.clock().now())) {
            return invalid(kind, "used a moment ago by the same client, which may not know it");
        }
        return reused(context, **record, ticket);
    }
    if (auto problem = problemOf(host_.crypto(), kind, ticket, authorization, client, form);
        !problem.empty()) {
        return invalid(kind, std::move(problem));
    }
    return OpenedTicket{std::move(authorization),
                        std::move((*record)->kind),
                        handle->selector,
                        (*record)->version,
                        std::string(ticket.text("hash")),
                        std::string(ticket.text("challenge"))};
}

/// RFC 6749 section 4.1.2: a code used twice takes back everything it gave.
Result<OpenedTicket, OAuthError> TicketBook::reused(const Context& context, const Record& record,
                                                    const ValueMap& used) const {
    if (auto held = heldUp(context, host_.clock())) {
        return *held;
    }
    if (auto revoked = families_.revoke(context, record.family); !revoked) {
        return OAuthError::from(revoked.error());
    }
    Event event;
    event.type = isCode(record.kind) ? "authorization_code.reused" : "ticket.reused";
    event.clientId = used.text("client");
    event.subject = used.text("subject");
    host_.events().publish(context, std::move(event));
    return invalid(record.kind, "used before: everything issued from it is revoked");
}

void TicketBook::useUp(const Context& context, const Client& client, const OpenedTicket& ticket,
                       Batch& batch) const {
    Record used;
    used.kind = ticket.kind;
    used.key = ticket.key;
    used.family = ticket.authorization.family;
    used.expires = host_.clock().now() + lifetimes_.of(context.issuer.id, client, accessTokenTtl);
    used.payload = JsonWriter()
                       .text("hash", ticket.hash)
                       .boolean("used", true)
                       .number("used_at", host_.clock().now().time_since_epoch().count())
                       .text("challenge", ticket.challenge)
                       .text("client", ticket.authorization.clientId)
                       .text("subject", ticket.authorization.subject.sub)
                       .finish();
    batch.expects.push_back({used.kind, used.key, Expect::State::version, ticket.version});
    batch.puts.push_back(std::move(used));
}

}  // namespace gatehouse
