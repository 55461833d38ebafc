// SPDX-License-Identifier: Apache-2.0
#include "token/TokenIssuer.h"

#include <gatehouse/Records.h>

#include "client/ClientDirectory.h"
#include "client/SubjectForms.h"
#include "json/Json.h"
#include "json/Members.h"
#include "token/ClaimsPolicy.h"
#include "token/ClaimsSources.h"
#include "token/ResourcePolicy.h"
#include "token/TokenDraft.h"
#include "token/TokenId.h"

#include <algorithm>
#include <map>

namespace gatehouse {

namespace {

bool isPerson(const Entitlement& entitlement) {
    return entitlement.authorization.subject.isPerson();
}

/// Ids of the access tokens with which what comes from these ends.
std::vector<std::string> endsOf(const std::vector<Opened>& opened) {
    std::vector<std::string> ends;
    for (const auto& thing : opened) {
        if (const auto* token = std::get_if<OpenedToken>(&thing)) {
            ends.insert(ends.end(), token->endsWith.begin(), token->endsWith.end());
        }
    }
    return ends;
}

}  // namespace

const Authorization& authorizationOf(const Opened& opened) {
    if (const auto* family = std::get_if<OpenedFamily>(&opened)) {
        return family->family.authorization;
    }
    const auto* ticket = std::get_if<OpenedTicket>(&opened);
    return ticket != nullptr ? ticket->authorization : std::get<OpenedToken>(opened).authorization;
}

TokenIssuer::TokenIssuer(Host& host, HandleMaker& handles, TicketBook& tickets,
                         FamilyBook& families, const Lifetimes& lifetimes,
                         const ResourcePolicy& resources, const ClaimsPolicy& claims,
                         const ClaimsSources& sources, const ResponseForms& forms,
                         const SubjectForms& subjects, bool canRefresh, const TokenFormats& formats,
                         const TokenNotes& notes)
    : host_(host), handles_(handles), tickets_(tickets), families_(families), lifetimes_(lifetimes),
      resources_(resources), claims_(claims), sources_(sources), forms_(forms), subjects_(subjects),
      canRefresh_(canRefresh), formats_(formats), notes_(notes),
      issued_(host.metrics().counter("gatehouse_tokens_issued_total", "Access tokens issued")) {}

Result<std::optional<TokenSet>, OAuthError>
TokenIssuer::issue(const Context& context, const Client& client, const Granted& granted,
                   const std::vector<std::string>& resources, const AskedBy& request) const {
    if (granted.entitlement.other) {
        return giveOther(context, client, granted, request);
    }
    auto audience =
        narrowedAudience(grantedAudience(context, granted.entitlement, resources), resources);
    if (!audience) {
        return OAuthError::of(OAuthCode::invalidTarget,
                              "A resource is not among those that were granted");
    }
    auto drafted = draftFor(context, client, granted, *std::move(audience), resources, request);
    if (!drafted) {
        return drafted.error();
    }
    Draft& draft = *drafted;
    Batch batch;
    useUp(context, draft, batch);
    auto accessToken = writeAccessToken(context, draft, batch);
    if (!accessToken) {
        return OAuthError::from(accessToken.error());
    }
    TokenSet tokens = answerOf(draft, *std::move(accessToken));
    if (draft.entitlement.idToken && isPerson(draft.entitlement)) {
        auto idToken = writeIdToken(context, draft, {tokens.accessToken, {}});
        if (!idToken) {
            return OAuthError::from(idToken.error());
        }
        tokens.idToken = *std::move(idToken);
    }
    const auto isRecorded = record(context, granted, std::move(batch));
    if (!isRecorded) {
        return isRecorded.error();
    }
    if (!*isRecorded) {
        return std::optional<TokenSet>();
    }
    noteUse(host_, context, client);
    tokens.refreshToken = std::move(draft.refreshToken);
    announce(context, eventOf(draft, request));
    return std::optional<TokenSet>(std::move(tokens));
}

/// False: somebody else redeemed the same thing first.
Result<bool, OAuthError> TokenIssuer::record(const Context& context, const Granted& granted,
                                             Batch batch) const {
    std::map<std::size_t, const ProofUse*> uses;
    const auto use = [&](const ProofUse& each) { uses.emplace(each.addTo(batch), &each); };
    std::for_each(granted.uses.begin(), granted.uses.end(), use);
    std::for_each(granted.bound.uses.begin(), granted.bound.uses.end(), use);
    if (batch.puts.empty() && batch.expects.empty()) {
        return true;
    }
    const auto outcome = host_.records().apply(context, std::move(batch));
    if (!outcome) {
        return OAuthError::from(outcome.error());
    }
    const auto used = outcome->applied() ? uses.end() : uses.find(*outcome->failed);
    return used == uses.end() ? Result<bool, OAuthError>(outcome->applied())
                              : used->second->refusal(*outcome);
}

Result<TokenIssuer::Given, OAuthError>
TokenIssuer::giveAccessToken(const Context& context, const Client& client, const Granted& granted,
                             seconds longest, const AskedBy& request, Batch& batch) const {
    auto drafted = draftFor(context, client, granted,
                            grantedAudience(context, granted.entitlement, {}), {}, request);
    if (!drafted) {
        return drafted.error();
    }
    Draft& draft = *drafted;
    draft.access.expires =
        std::min<TimePoint>(draft.access.expires, draft.access.issuedAt + longest);
    beginFamily(context, draft, batch);
    auto accessToken = writeAccessToken(context, draft, batch);
    return accessToken ? Result<Given, OAuthError>(Given{answerOf(draft, *std::move(accessToken)),
                                                         eventOf(draft, request)})
                       : OAuthError::from(accessToken.error());
}

/// What the client sees of whom its tokens speak of (OpenID Connect Core section 8).
Status TokenIssuer::nameSubject(const Context& context, Draft& draft) const {
    if (subjects_.empty()) {
        return done();
    }
    auto sub = subjects_.told(context, draft.client, draft.access.subject);
    if (!sub) {
        return sub.error();
    }
    draft.access.subject.sub = *std::move(sub);
    return done();
}

Result<std::monostate, OAuthError>
TokenIssuer::carryNotes(const Context& context, Draft& draft, const AskedBy& request,
                        const std::vector<std::string>& resources) const {
    if (notes_.empty()) {
        return std::monostate{};
    }
    const Authorization& authorization = draft.entitlement.authorization;
    const auto& audience = authorization.audience.empty() ? resources : draft.access.audience;
    auto carried =
        notes_.carried({context, draft.client, authorization.subject, request.parameters, audience},
                       authorization.notes);
    if (!carried) {
        return carried.error();
    }
    addTo(draft.access.claims, carried->members);
    draft.carried = *std::move(carried);
    return std::monostate{};
}

TokenSet TokenIssuer::answerOf(const Draft& draft, std::string accessToken) {
    TokenSet tokens;
    tokens.accessToken = std::move(accessToken);
    tokens.tokenType = draft.granted.bound.tokenType;
    tokens.members = draft.entitlement.members;
    if (draft.carried) {
        addTo(tokens.members, draft.carried->members);
    }
    tokens.expiresIn =
        std::chrono::duration_cast<seconds>(draft.access.expires - draft.access.issuedAt);
    tokens.scopes = draft.access.scopes;
    return tokens;
}

seconds TokenIssuer::life(const Context& context, const Client& client,
                          const LifetimeMember& member) const {
    return lifetimes_.of(context.issuer.id, client, member);
}

TokenIssuer::Draft TokenIssuer::draftOf(const Context& context, const Client& client,
                                        const Granted& granted) const {
    const Authorization& authorization = granted.entitlement.authorization;
    Draft draft{client, granted, granted.entitlement, {}, {}, {}, {}};
    AccessToken& token = draft.access;
    token.family = authorization.family;
    token.id = tokenId(token.family, client.registration, handles_.selector());
    token.subject = authorization.subject;
    token.clientId = client.id;
    token.scopes = authorization.scopes;
    token.issuedAt = std::chrono::floor<seconds>(host_.clock().now());
    token.expires = std::min<TimePoint>(token.issuedAt + life(context, client, accessTokenTtl),
                                        std::chrono::floor<seconds>(authorization.expires));
    token.authentication = authorization.authentication;
    token.confirmation = granted.bound.confirmation;
    return draft;
}

/// Of an access token for these.
Result<TokenIssuer::Draft, OAuthError>
TokenIssuer::draftFor(const Context& context, const Client& client, const Granted& granted,
                      std::vector<std::string> audience, const std::vector<std::string>& resources,
                      const AskedBy& request) const {
    const auto limits = resources_.limits(context, client, audience);
    if (!limits) {
        return limits.error();
    }
    Draft draft = draftOf(context, client, granted);
    if (auto named = nameSubject(context, draft); !named) {
        return OAuthError::from(named.error());
    }
    AccessToken& token = draft.access;
    token.audience = std::move(audience);
    token.signingAlgorithm =
        limits->signingAlgorithm.empty()
            ? std::string(client.metadata.text("access_token_signed_response_alg"))
            : limits->signingAlgorithm;
    draft.format = limits->format.empty() ? std::string(client.metadata.text("access_token_format"))
                                          : limits->format;
    if (limits->scopes) {
        token.scopes = token.scopes.within(*limits->scopes);
    }
    if (limits->longest != seconds{0}) {
        token.expires = std::min<TimePoint>(token.expires, token.issuedAt + limits->longest);
    }
    token.claims = claims_.told(granted.person, token.scopes, ClaimTarget::accessToken,
                                textsOf(client.metadata.find("access_token_claims")));
    if (const auto& actor = granted.entitlement.authorization.actor; !actor.empty()) {
        token.claims.set("act", actor);
    }
    if (const auto ends = endsOf(granted.opened); !ends.empty()) {
        token.claims.set(AccessToken::exchangedFrom, listOfTexts(ends));
    }
    if (auto carried = carryNotes(context, draft, request, resources); !carried) {
        return carried.error();
    }
    return draft;
}

/// A client that acts for itself was granted nothing before: it names what it needs, as a person's
/// client does at the authorization endpoint.
std::vector<std::string>
TokenIssuer::grantedAudience(const Context& context, const Entitlement& entitlement,
                             const std::vector<std::string>& resources) const {
    if (!entitlement.authorization.audience.empty()) {
        return entitlement.authorization.audience;
    }
    if (!isPerson(entitlement) && !resources.empty()) {
        return resources;
    }
    return resources_.ownAudience(context.issuer);
}

/// A person's tokens belong to a family: its record says whom they speak of and which refresh token
/// is the current one.
void TokenIssuer::useUp(const Context& context, Draft& draft, Batch& batch) const {
    bool goesOn = false;
    for (const auto& thing : draft.granted.opened) {
        if (const auto* ticket = std::get_if<OpenedTicket>(&thing)) {
            tickets_.useUp(context, draft.client, *ticket, batch);
            continue;
        }
        if (const auto* family = std::get_if<OpenedFamily>(&thing)) {
            rotate(context, draft, *family, batch);
        } else if (!familyOf(thing).empty()) {
            batch.expects.push_back({"family", familyOf(thing), Expect::State::present});
        }
        goesOn = goesOn || familyOf(thing) == draft.access.family;
    }
    if (isPerson(draft.entitlement) && !goesOn) {
        beginFamily(context, draft, batch);
    }
}

/// A retry changes nothing but expects the family to be there still.
void TokenIssuer::rotate(const Context& context, Draft& draft, const OpenedFamily& opened,
                         Batch& batch) const {
    Family family = opened.family;
    batch.expects.push_back({"family", family.authorization.family,
                             opened.isRetry ? Expect::State::present : Expect::State::version,
                             family.version});
    if (!opened.isRetry) {
        family.generation += opened.rotates ? 1 : 0;
        family.rotated = host_.clock().now();
        family.accessLifetime =
            std::max(family.accessLifetime, life(context, draft.client, accessTokenTtl));
        batch.puts.push_back(families_.record(context, family));
    }
    if (family.authorization.family != draft.access.family) {
        return;
    }
    if (opened.isRetry) {  // its record stays as it is, so the token must fit what that says
        draft.access.expires = std::min<TimePoint>(draft.access.expires,
                                                   draft.access.issuedAt + family.accessLifetime);
    }
    draft.refreshToken = families_.refreshToken(family);
}

/// Who can prove who they are need not prove for each refresh what the tokens before were bound to
/// (RFC 9449 section 5).
void TokenIssuer::beginFamily(const Context& context, Draft& draft, Batch& batch) const {
    const bool refreshes = draft.entitlement.refreshToken && canRefresh_ &&
                           context.issuer.allowsGrant("refresh_token") &&
                           draft.client.allowsGrant("refresh_token");
    const auto accessLife = life(context, draft.client, accessTokenTtl);
    const TimePoint end = draft.access.issuedAt +
                          (refreshes ? life(context, draft.client, refreshTokenTtl) : accessLife);
    Family family = families_.make(draft.entitlement.authorization, refreshes ? 1 : 0,
                                   std::min(end, draft.entitlement.authorization.expires));
    family.accessLifetime = accessLife;
    family.authorization.confirmation =
        draft.client.isConfidential() ? ValueMap() : draft.access.confirmation;
    batch.puts.push_back(families_.record(context, family));
    if (refreshes) {
        draft.refreshToken = families_.refreshToken(family);
    }
}

Result<std::string> TokenIssuer::writeAccessToken(const Context& context, Draft& draft,
                                                  Batch& batch) const {
    if (auto added = addSources(draft.access.claims, context, draft, ClaimsWanted::accessToken);
        !added) {
        return added.error();
    }
    return formats_.write(context, draft.format, draft.access, batch);
}

Status TokenIssuer::addSources(ValueMap& claims, const Context& context, const Draft& draft,
                               std::string_view target) const {
    const auto& authorization = draft.entitlement.authorization;
    const auto& scopes =
        target == ClaimsWanted::accessToken ? draft.access.scopes : authorization.scopes;
    return sources_.addTo(claims, context,
                          {draft.client, authorization.subject, scopes, draft.granted.person,
                           draft.carried ? draft.carried->notes : authorization.notes},
                          target);
}

void TokenIssuer::announce(const Context& context, Event event) const {
    issued_.add();
    host_.events().publish(context, std::move(event));
}

Event TokenIssuer::eventOf(const Draft& draft, const AskedBy& request) {
    Event event;
    event.type = "token.issued";
    event.clientId = draft.client.id;
    event.subject = draft.entitlement.authorization.subject.sub;
    event.remoteAddress = request.remoteAddress;
    event.details.reserve(5);
    event.details.set("jti", draft.access.id);
    event.details.set("scope", draft.access.scopes.text());
    event.details.set("grant", request.grant);
    if (const auto& actor = draft.entitlement.authorization.actor; !actor.empty()) {
        event.details.set("actor", actor.text("sub"));
    }
    if (const auto& opened = draft.granted.opened;
        !opened.empty() && std::holds_alternative<OpenedToken>(opened.front())) {
        event.details.set("origin_client_id", authorizationOf(opened.front()).clientId);
    }
    return event;
}

}  // namespace gatehouse
