// SPDX-License-Identifier: Apache-2.0
#include "token/TrustedIssuers.h"

#include <utility>

namespace gatehouse {

TrustedIssuers::TrustedIssuers(Host& host, const std::vector<Host::Named<TrustedIssuer>>& issuers) {
    for (const auto& named : issuers) {
        issuers_.emplace_back(host, named);
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
            return **std::move(vouched);
        }
    }
    return OAuthError::of(OAuthCode::invalidGrant, "The assertion is not valid",
                          "its issuer is not trusted");
}

}  // namespace gatehouse
