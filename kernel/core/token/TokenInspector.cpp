// SPDX-License-Identifier: Apache-2.0
#include "token/TokenInspector.h"

#include <gatehouse/Records.h>

#include "client/ClientDirectory.h"
#include "json/Members.h"
#include "store/ChangeFeed.h"
#include "token/FamilyBook.h"
#include "token/RevocationSet.h"
#include "token/TokenFormats.h"
#include "token/TokenId.h"

#include <algorithm>

namespace gatehouse {

namespace {

bool isSignedAsWished(const TokenClaim& claim, const Client& client) {
    return claim.wishedAlgorithm.empty() ||
           client.metadata.text("access_token_signed_response_alg") == claim.wishedAlgorithm;
}

}  // namespace

TokenInspector::TokenInspector(Host& host, ClientDirectory& clients, FamilyBook& families,
                               RevocationSet& revocations, ChangeFeed& changes,
                               const TokenFormats& formats)
    : host_(host), clients_(clients), families_(families), revocations_(revocations),
      changes_(changes), formats_(formats), verified_(host) {}

Result<std::shared_ptr<const TokenClaim>> TokenInspector::inspect(const Context& context,
                                                                  std::string_view text) const {
    auto claim = read(context, text);
    if (!claim || *claim == nullptr) {
        return claim;
    }
    const TimePoint now = host_.clock().now();
    if ((*claim)->expires <= now) {
        return Claim();
    }
    auto revoked = isRevoked(context, **claim);
    if (!revoked) {
        return revoked.error();
    }
    auto client = clients_.find(context, (*claim)->clientId);
    if (!client) {
        return client.error();
    }
    const bool isOfClient = *client != nullptr &&
                            (*client)->registration == registrationOf((*claim)->id) &&
                            isSignedAsWished(**claim, **client);
    return *revoked || !isOfClient ? Claim() : *claim;
}

Result<std::shared_ptr<const TokenClaim>> TokenInspector::read(const Context& context,
                                                               std::string_view text) const {
    const auto name = verified_.nameOf(context, text);
    if (auto known = verified_.find(name)) {
        return known;
    }
    auto claim = formats_.read(context, text);
    if (!claim) {
        return claim.error();
    }
    if (!*claim) {
        return Claim();
    }
    auto shared = std::make_shared<const TokenClaim>(**std::move(claim));
    if (shared->recordKind.empty()) {
        verified_.put(name, shared);
    }
    return Claim(shared);
}

/// A stored token that is revoked is gone; for a self-contained one, and for one that ends with
/// others, the revocations in memory must be up to date.
Result<bool> TokenInspector::isRevoked(const Context& context, const TokenClaim& claim) const {
    const auto origins = textsOf(claim.claims.find(AccessToken::exchangedFrom));
    if (!claim.recordKind.empty() && origins.empty()) {
        return false;
    }
    if (auto caughtUp = changes_.catchUp(); !caughtUp) {
        return caughtUp.error();
    }
    const auto isMarked = [&](std::string_view id) {
        return !id.empty() && revocations_.contains(context.issuer.id, id);
    };
    return isMarked(claim.id) || isMarked(claim.family) ||
           std::any_of(origins.begin(), origins.end(), [&](const std::string& origin) {
               return isMarked(origin) || isMarked(familyOfId(origin)) ||
                      isMarked(registrationOf(origin));
           });
}

/// The notice of a stored token is for those that came from it.
Status TokenInspector::revoke(const Context& context, const TokenClaim& claim) const {
    const TimePoint until = claim.expires + RevocationSet::grace;
    Batch batch;
    batch.notices.push_back({"revocation", claim.id, context.issuer.id, until});
    if (!claim.recordKind.empty()) {
        batch.erases.push_back({claim.recordKind, claim.recordKey});
    }
    auto outcome = host_.records().apply(context, std::move(batch));
    if (!outcome) {
        return outcome.error();
    }
    revocations_.add(context.issuer.id, claim.id, until);
    return done();
}

Result<std::optional<Authorization>>
TokenInspector::authorizationOf(const Context& context, const TokenClaim& claim) const {
    if (claim.family.empty()) {
        return std::optional<Authorization>();
    }
    auto family = families_.find(context, claim.family);
    if (!family) {
        return family.error();
    }
    if (!*family) {
        return std::optional<Authorization>();
    }
    Authorization authorization = (*family)->authorization;
    if (authorization.clientId != claim.clientId) {  // it was exchanged, by who asked for no claims
        authorization.clientId = claim.clientId;
        authorization.userinfoClaims = {};
    }
    return std::optional(std::move(authorization));
}

}  // namespace gatehouse
