// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/point/TrustedIssuer.h>

#include "plugin/Watched.h"

#include <deque>
#include <string_view>
#include <vector>

namespace gatehouse {

/// The other issuers that are believed. Threads: any.
class TrustedIssuers {
public:
    TrustedIssuers(Host& host, const std::vector<Host::Named<TrustedIssuer>>& issuers);

    /// What the first of them says that has something to say; `invalid_grant` when none has.
    Result<Vouched, OAuthError> vouch(const Context& context, const Client& client,
                                      std::string_view assertion) const;

private:
    std::deque<Watched<TrustedIssuer>> issuers_;
};

}  // namespace gatehouse
