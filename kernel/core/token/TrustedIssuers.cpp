// SPDX-License-Identifier: Apache-2.0
#include "token/TrustedIssuers.h"

#include "text/Contains.h"
#include "text/Lower.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

/// Of assertions with no rules of their own; one without `typ` is as one with "JWT".
constexpr std::string_view plainKinds[] = {"", "jwt", "at+jwt", "authorization-grant+jwt"};

/// RFC 7515 section 4.1.9: in any case, and "application/" may be left out.
std::string kindOf(std::string_view typ) {
    constexpr std::string_view prefix = "application/";
    auto kind = lowered(typ);
    return kind.rfind(prefix, 0) == 0 ? kind.substr(prefix.size()) : kind;
}

OAuthError refused(std::string detail) {
    return OAuthError::of(OAuthCode::invalidGrant, "The assertion is not valid", std::move(detail));
}

}  // namespace

TrustedIssuers::TrustedIssuers(Host& host, const std::vector<Host::Named<TrustedIssuer>>& issuers,
                               const std::vector<Host::Named<ClientMetadataRule>>& rules)
    : host_(host) {
    for (const auto& named : issuers) {
        issuers_.emplace_back(host, named);
    }
    for (const auto& named : rules) {
        if (const auto* knows = capabilityOf<AssertionKind>(*named.plugin)) {
            kinds_.push_back({Watched<ClientMetadataRule>(host, named), knows});
        }
    }
}

Result<Vouched, OAuthError> TrustedIssuers::vouch(const Context& context, const Client& client,
                                                  std::string_view assertion) const {
    for (const auto& issuer : issuers_) {
        auto vouched = issuer.ask(
            [&](const TrustedIssuer& plugin) { return plugin.vouch(context, client, assertion); });
        if (!vouched) {
            return vouched.error();
        }
        if (*vouched) {
            const auto said = host_.jose().peek(assertion);
            return narrowed(context, client, kindOf(said ? said->header.text("typ") : ""),
                            **std::move(vouched));
        }
    }
    return refused("its issuer is not trusted");
}

Result<Vouched, OAuthError> TrustedIssuers::narrowed(const Context& context, const Client& client,
                                                     const std::string& kind,
                                                     Vouched vouched) const {
    const auto found = std::find_if(kinds_.begin(), kinds_.end(),
                                    [&](const Kind& each) { return each.knows->typ() == kind; });
    if (found == kinds_.end()) {
        return contains(plainKinds, kind)
                   ? Result<Vouched, OAuthError>(std::move(vouched))
                   : refused("no plugin knows the typ " + kind + " of the assertion");
    }
    const auto held = found->plugin.ask([&](const ClientMetadataRule& /*rule*/) {
        return found->knows->narrow(context, client, vouched);
    });
    if (held) {
        return vouched;
    }
    return held.error().fault == Fault::badInput ? refused(held.error().detail)
                                                 : OAuthError::from(held.error());
}

}  // namespace gatehouse
