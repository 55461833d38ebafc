// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Config.h>
#include <gatehouse/Result.h>
#include <gatehouse/Secret.h>
#include <gatehouse/Value.h>

#include "ProviderMetadata.h"

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Whose account here a newcomer from there takes.
enum class LinkRule { nobody, verifiedEmail, sameLogin };

/// The settings of one provider.
struct UpstreamSettings {
    static constexpr std::string_view mfa = "mfa";  ///< RFC 8176: two factors

    std::string shownName;
    std::string issuer;  ///< empty: plain OAuth 2
    ProviderMetadata given;  ///< of plain OAuth 2
    std::string emailsEndpoint;
    std::string clientId;
    Secret clientSecret;
    std::string authMethod;
    std::string scope;
    std::vector<std::string> algorithms;
    ValueMap claims;  ///< what they call the claims that are used here
    ValueMap parameters;  ///< more of the authorization request
    ValueMap required;  ///< what claims must say
    ValueMap believed;  ///< their `amr` or `acr` by which it is `mfa` here
    LinkRule link = LinkRule::nobody;
    bool trustsEmail = false;
    bool createsAccounts = false;
    bool logout = false;  ///< who signs out here does so there

    bool isOpenId() const noexcept { return !issuer.empty(); }
    /// What they call it.
    std::string nameOf(std::string_view claim) const;
};

/// Fault::badInput: what is wrong, each with its place.
Result<UpstreamSettings> readUpstreamSettings(const Config& config);

extern const FieldTable upstreamFields;

}  // namespace gatehouse
