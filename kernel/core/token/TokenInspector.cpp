// SPDX-License-Identifier: Apache-2.0
#include "token/TokenInspector.h"

#include <gatehouse/Records.h>

#include "client/ClientDirectory.h"
#include "store/ChangeFeed.h"
#include "token/FamilyBook.h"
#include "token/RevocationSet.h"
#include "token/TokenFormats.h"
#include "token/TokenId.h"

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

/// A stored token that is revoked is gone; for a self-contained one the revocations in memory must
/// be up to date.
Result<bool> TokenInspector::isRevoked(const Context& context, const TokenClaim& claim) const {
    if (!claim.recordKind.empty()) {
        return false;
    }
    if (auto caughtUp = changes_.catchUp(); !caughtUp) {
        return caughtUp.error();
    }
    return revocations_.contains(context.issuer.id, claim.id) ||
           (!claim.family.empty() && revocations_.contains(context.issuer.id, claim.family));
}

Status TokenInspector::revoke(const Context& context, const TokenClaim& claim) const {
    const TimePoint until = claim.expires + RevocationSet::grace;
    Batch batch;
    if (claim.recordKind.empty()) {
        batch.notices.push_back({"revocation", claim.id, context.issuer.id, until});
    } else {
        batch.erases.push_back({claim.recordKind, claim.recordKey});
    }
    auto outcome = host_.records().apply(context, std::move(batch));
    if (!outcome) {
        return outcome.error();
    }
    if (claim.recordKind.empty()) {
        revocations_.add(context.issuer.id, claim.id, until);
    }
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
    return *family ? std::optional<Authorization>((*family)->authorization) : std::nullopt;
}

}  // namespace gatehouse
