// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Config.h>
#include <gatehouse/Time.h>
#include <gatehouse/Value.h>

#include "login/TokensAtEnd.h"
#include "page/Branding.h"
#include "token/ClaimsPolicy.h"

#include <string>

namespace gatehouse {

/// Settings of the core: the `oauth` section.
struct OAuthSettings {
    ValueMap lifetimes;  ///< of what clients are given; see Lifetimes
    seconds sessionLifetime{43200};
    seconds sessionIdle{7200};
    bool isSessionExpiryTold = false;
    TokensAtEnd tokensAtEnd = TokensAtEnd::online;
    seconds interactionLifetime{900};
    std::string
        defaultAudience;  ///< `aud` of tokens for which no resource was named; empty: the issuer
    bool takesAnyResource = false;  ///< also those that nobody registered
    std::string pagesDir;
    std::string pagesOverrideDir;
    std::string localeDir;
    std::string defaultLanguage;
    Branding branding;
    ClaimsPolicy claims;
};

/// Its table.
FieldTable oauthFields();
/// What it says, but for the claims.
OAuthSettings oauthSettings(const Config& config);

}  // namespace gatehouse
