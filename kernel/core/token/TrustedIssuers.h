// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/AssertionKind.h>
#include <gatehouse/Host.h>
#include <gatehouse/point/ClientMetadataRule.h>
#include <gatehouse/point/TrustedIssuer.h>

#include "plugin/Watched.h"

#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// The other issuers that are believed. Threads: any.
class TrustedIssuers {
public:
    /// `rules`: those that know kinds of assertions are asked.
    TrustedIssuers(Host& host, const std::vector<Host::Named<TrustedIssuer>>& issuers,
                   const std::vector<Host::Named<ClientMetadataRule>>& rules);

    /// What the first of them says that has something to say, as far as the assertion's kind lets
    /// it; `invalid_grant` when none has, or the kind is not known.
    Result<Vouched, OAuthError> vouch(const Context& context, const Client& client,
                                      std::string_view assertion) const;

private:
    struct Kind {
        Watched<ClientMetadataRule> plugin;
        const AssertionKind* knows;
    };

    Result<Vouched, OAuthError> narrowed(const Context& context, const Client& client,
                                         const std::string& kind, Vouched vouched) const;

    Host& host_;
    std::vector<Kind> kinds_;
    std::deque<Watched<TrustedIssuer>> issuers_;
};

}  // namespace gatehouse
