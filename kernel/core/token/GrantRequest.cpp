// SPDX-License-Identifier: Apache-2.0
#include "token/GrantRequest.h"

#include <gatehouse/Records.h>

#include "text/Base64Url.h"
#include "token/ResourcePolicy.h"
#include "token/ScopePolicy.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>

namespace gatehouse {

namespace {

/// A member of the token answer that it has by itself (RFC 6749 sections 5.1 and 5.2, OpenID
/// Connect Core section 3.1.3.3).
std::optional<std::string> takenMember(const ValueMap& members) {
    static constexpr std::string_view taken[] = {"access_token",  "token_type",        "expires_in",
                                                 "refresh_token", "id_token",          "scope",
                                                 "error",         "error_description", "error_uri"};
    const auto found = std::find_if(members.begin(), members.end(), [](const Member& member) {
        return std::find(std::begin(taken), std::end(taken), member.name) != std::end(taken);
    });
    return found == members.end() ? std::nullopt : std::optional(found->name);
}

bool isSame(const Subject& left, const Subject& right) {
    return left.store == right.store && left.id == right.id && left.sub == right.sub;
}

}  // namespace

Result<ScopeSet, OAuthError> GrantRequest::requestedScopes(const Subject& subject) const {
    return ScopePolicy::requested(client_, subject, form_.text("scope"));
}

Result<Authorization, OAuthError> GrantRequest::openTicket(std::string_view kind,
                                                           std::string_view text) const {
    const auto own = names_.isPlainTicket(kind) ? std::string() : names_.ticketIn(kind);
    auto ticket = books_.tickets.open(context_, own.empty() ? kind : own, client_, form_, text);
    if (!ticket) {
        return ticket.error();
    }
    Authorization authorization = ticket->authorization;
    remember(*std::move(ticket));
    return asOfNow(std::move(authorization));
}

Result<Authorization, OAuthError>
GrantRequest::openRefreshToken(std::string_view text, seconds grace, seconds idle) const {
    auto family = books_.families.open(context_, client_, text, grace, idle);
    if (!family) {
        return family.error();
    }
    Authorization authorization = family->family.authorization;
    remember(*std::move(family));
    return asOfNow(std::move(authorization));
}

Result<Authorization, OAuthError> GrantRequest::openAccessToken(std::string_view text) const {
    return goOnWith(books_.issued.accessToken(context_, text));
}

Result<Authorization, OAuthError> GrantRequest::openIdToken(std::string_view text) const {
    return goOnWith(books_.issued.idToken(context_, client_, text));
}

Result<Authorization, OAuthError>
GrantRequest::goOnWith(Result<OpenedToken, OAuthError> token) const {
    if (!token) {
        return token.error();
    }
    Authorization authorization = token->authorization;
    opened_.emplace_back(*std::move(token));
    return asOfNow(std::move(authorization));
}

Result<Vouched, OAuthError> GrantRequest::openAssertion(std::string_view text) const {
    auto vouched = books_.trusted.vouch(context_, client_, text);
    if (vouched && !vouched->once.empty()) {
        uses_.push_back({"replay",
                         {base64url(books_.host.crypto().sha256("assertion:" + vouched->once)),
                          vouched->expires, vouched->earliest,
                          OAuthError::of(OAuthCode::invalidGrant, "The assertion is not valid",
                                         "it was used before")}});
    }
    return vouched;
}

/// What is opened twice is used up once.
void GrantRequest::remember(Opened opened) const {
    const auto same = std::find_if(opened_.begin(), opened_.end(), [&](const Opened& known) {
        return known.index() == opened.index() && familyOf(known) == familyOf(opened);
    });
    if (same == opened_.end()) {
        opened_.push_back(std::move(opened));
    } else {
        *same = std::move(opened);
    }
}

Result<Authorization, OAuthError> GrantRequest::asOfNow(Authorization authorization) const {
    if (authorization.subject.isPerson()) {
        auto person = books_.people.find(context_, authorization.subject);
        if (!person) {
            return OAuthError::from(person.error());
        }
        if (!*person) {
            return OAuthError::of(OAuthCode::invalidGrant,
                                  "The authorization is not valid any more",
                                  "the person is gone or disabled");
        }
        people_[authorization.family] = std::move((*person)->claims);
    }
    authorization.scopes = authorization.scopes.within(client_.scopes);
    return authorization;
}

Result<Granted, OAuthError> GrantRequest::complete(Entitlement entitlement, BoundTo bound) const {
    if (const auto taken = takenMember(entitlement.members)) {
        return OAuthError::from(
            Error::internal("a grant tells \"" + *taken + "\", which is the kernel's to tell"));
    }
    const auto found = std::find_if(opened_.begin(), opened_.end(), [&](const Opened& opened) {
        return familyOf(opened) == entitlement.authorization.family;
    });
    const Opened* before = found == opened_.end() ? nullptr : &*found;
    const bool goesOn = before != nullptr &&
                        isSame(authorizationOf(*before).subject, entitlement.authorization.subject);
    if (!goesOn) {
        const bool isOfTicket = before != nullptr && std::holds_alternative<OpenedTicket>(*before);
        if (auto why = completeNew(entitlement.authorization, isOfTicket)) {
            return *std::move(why);
        }
    }
    if (auto why = attenuate(entitlement, goesOn ? before : nullptr)) {
        return *std::move(why);
    }
    const auto person = people_.find(entitlement.authorization.family);
    return Granted{std::move(entitlement), std::move(opened_), std::move(bound), std::move(uses_),
                   person == people_.end() ? ValueMap() : std::move(person->second)};
}

/// What comes from a token has no more than it, whatever the grant says, and outlives none that was
/// opened. Notes are not measured, so they are left behind.
std::optional<OAuthError> GrantRequest::attenuate(Entitlement& entitlement,
                                                  const Opened* before) const {
    Authorization& wanted = entitlement.authorization;
    for (const auto& opened : opened_) {
        if (std::holds_alternative<OpenedToken>(opened)) {
            wanted.expires = std::min(wanted.expires, authorizationOf(opened).expires);
        }
    }
    if (before == nullptr || !std::holds_alternative<OpenedToken>(*before)) {
        return std::nullopt;
    }
    const Authorization& most = authorizationOf(*before);
    if (!wanted.audience.empty() && !narrowedAudience(most.audience, wanted.audience)) {
        return OAuthError::of(OAuthCode::invalidTarget, "The token is not for this audience");
    }
    if (wanted.audience.empty()) {
        wanted.audience = most.audience;
    }
    wanted.scopes = wanted.scopes.within(most.scopes);
    wanted.notes = {};
    entitlement.refreshToken = false;
    entitlement.idToken = false;
    return std::nullopt;
}

/// What a ticket stood for has no family yet: its selector becomes that of whom it is used for.
std::optional<OAuthError> GrantRequest::completeNew(Authorization& authorization,
                                                    bool isOfTicket) const {
    auto sub = subOf(authorization.subject);
    if (!sub) {
        return sub.error();
    }
    if (!authorization.subject.sub.empty() && authorization.subject.sub != *sub) {
        return OAuthError::from(
            Error::internal("a grant names another sub than that of its "
                            "subject; it leaves it empty, the kernel makes it"));
    }
    authorization.subject.sub = *std::move(sub);
    authorization.clientId = client_.id;
    authorization.registration = client_.registration;
    authorization.scopes = authorization.scopes.within(client_.scopes);
    auto family = std::move(authorization.family);
    authorization.family.clear();
    if (authorization.subject.isPerson()) {
        authorization.family = isOfTicket ? std::move(family) : books_.handles.selector();
        auto now = asOfNow(std::move(authorization));
        if (!now) {
            return now.error();
        }
        authorization = *std::move(now);
    }
    return std::nullopt;
}

Result<std::string, OAuthError> GrantRequest::subOf(const Subject& subject) const {
    if (!subject.isPerson()) {
        return client_.id;
    }
    auto sub = books_.host.subjects().of(context_, subject.store, subject.id);
    return sub ? Result<std::string, OAuthError>(*std::move(sub)) : OAuthError::from(sub.error());
}

}  // namespace gatehouse
