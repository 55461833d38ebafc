// SPDX-License-Identifier: Apache-2.0
#include "token/TicketBook.h"

#include <gatehouse/Records.h>

#include "json/Json.h"
#include "json/JsonWriter.h"
#include "json/Members.h"
#include "text/Base64Url.h"
#include "token/AuthorizationText.h"
#include "token/FamilyBook.h"
#include "token/HeldUp.h"
#include "token/Pkce.h"

namespace gatehouse {

namespace {

constexpr std::string_view kind = "authorization_code";
/// Who never heard whether its code was used asks again: for so long that is no theft. It spans a
/// failover of the database.
constexpr seconds retryTime{20};

OAuthError invalid(std::string detail) {
    return OAuthError::of(OAuthCode::invalidGrant, "The authorization code is not valid",
                          std::move(detail));
}

std::string hashOf(const Crypto& crypto, const Handle& handle) {
    return base64url(handleHash(crypto, kind, handle.verifier));
}

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

/// Which check a code fails at, for the log; empty: none.
std::string problemOf(const Crypto& crypto, const ValueMap& code,
                      const Authorization& authorization, const Client& client, const Form& form) {
    if (!authorization.isOf(client)) {
        return "issued to another client";
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

std::string TicketBook::issueCode(const CodeGrant& grant, Batch& batch) const {
    const Handle handle = handles_.make();
    Record record;
    record.kind = kind;
    record.key = handle.selector;
    record.family =
        grant.authorization.family.empty() ? handle.selector : grant.authorization.family;
    record.expires = host_.clock().now() + codeLifetime_;
    record.payload = payloadOf(grant, hashOf(host_.crypto(), handle));
    batch.expects.push_back({record.kind, record.key, Expect::State::absent, 0});
    batch.puts.push_back(std::move(record));
    return handle.text();
}

Result<OpenedCode, OAuthError> TicketBook::open(const Context& context, const Client& client,
                                                const Form& form, std::string_view text) const {
    const auto handle = Handle::parse(text);
    if (!handle) {
        return invalid("not the form of a code");
    }
    auto record = host_.records().find(context, kind, handle->selector);
    if (!record) {
        return OAuthError::from(record.error());
    }
    if (!*record) {
        return invalid("unknown or expired");
    }
    const auto payload = parseJson((*record)->payload);
    if (!payload || payload->map() == nullptr) {
        return invalid("its record is damaged");
    }
    const ValueMap& code = *payload->map();
    if (!host_.crypto().equal(code.text("hash"), hashOf(host_.crypto(), *handle))) {
        return invalid("a known selector with a wrong verifier");
    }
    Authorization authorization = authorizationIn(code);
    authorization.family = (*record)->family;
    if (code.contains("used") && code.text("client") == client.id) {
        if (isRetry(host_.crypto(), code, form, host_.clock().now())) {
            return invalid("used a moment ago by the same client, which may not know it");
        }
        return reused(context, client, authorization.family, code.text("subject"));
    }
    if (auto problem = problemOf(host_.crypto(), code, authorization, client, form);
        !problem.empty()) {
        return invalid(std::move(problem));
    }
    return OpenedCode{std::move(authorization), handle->selector, (*record)->version,
                      std::string(code.text("hash")), std::string(code.text("challenge"))};
}

/// RFC 6749 section 4.1.2: a code used twice takes back everything it gave.
Result<OpenedCode, OAuthError> TicketBook::reused(const Context& context, const Client& client,
                                                  std::string_view family,
                                                  std::string_view subject) const {
    if (auto held = heldUp(context, host_.clock())) {
        return *held;
    }
    if (auto revoked = families_.revoke(context, family); !revoked) {
        return OAuthError::from(revoked.error());
    }
    Event event;
    event.type = "authorization_code.reused";
    event.clientId = client.id;
    event.subject = subject;
    host_.events().publish(context, std::move(event));
    return invalid("used before: everything issued from it is revoked");
}

void TicketBook::useUp(const OpenedCode& code, Batch& batch) const {
    Record used;
    used.kind = kind;
    used.key = code.key;
    used.family = code.authorization.family;
    used.expires = host_.clock().now() + usedLifetime_;
    used.payload = JsonWriter()
                       .text("hash", code.hash)
                       .boolean("used", true)
                       .number("used_at", host_.clock().now().time_since_epoch().count())
                       .text("challenge", code.challenge)
                       .text("client", code.authorization.clientId)
                       .text("subject", code.authorization.subject.sub)
                       .finish();
    batch.expects.push_back({used.kind, used.key, Expect::State::version, code.version});
    batch.puts.push_back(std::move(used));
}

}  // namespace gatehouse
