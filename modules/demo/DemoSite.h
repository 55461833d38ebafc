// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Secret.h>
#include <gatehouse/Value.h>

#include "client/ClientAuthenticator.h"
#include "page/BrowserAnswer.h"
#include "token/TokenIssuer.h"

#include <optional>
#include <string>

namespace gatehouse {

class Services;

struct DemoSettings {
    std::string clientId;
    Secret clientSecret;
    std::string scope;
};

/// A small relying party beside the server: it sends the browser through the real authorization
/// endpoint, then redeems the code by the rules of the token endpoint, without the network in
/// between, and shows what it got.
class DemoSite {
public:
    DemoSite(Services& core, const DemoSettings& settings) : core_(core), settings_(settings) {}

    /// The page with the button.
    BrowserAnswer show(const Context& context, const HttpRequest& request) const;
    /// What the button does: an authorization request with state, nonce and PKCE, which a sealed
    /// cookie remembers.
    BrowserAnswer begin(const Context& context, const HttpRequest& request) const;
    /// The redirect URI.
    BrowserAnswer callback(const Context& context, const HttpRequest& request) const;

private:
    /// What the site remembers between its redirect and the callback.
    struct Pending {
        std::string state;
        std::string nonce;
        std::string verifier;
    };
    std::optional<Pending> pendingOf(const Context& context, const HttpRequest& request) const;
    Result<TokenSet, OAuthError> redeem(const Context& context, const HttpRequest& request,
                                        std::string_view code, const Pending& pending) const;
    Result<ValueMap, OAuthError> idTokenClaims(const Context& context, const TokenSet& tokens,
                                               const Pending& pending) const;
    Result<ValueMap, OAuthError> userinfo(const Context& context, const TokenSet& tokens) const;
    Result<BrowserAnswer, OAuthError> finish(const Context& context, const HttpRequest& request,
                                             const Form& answer, const Pending& pending) const;
    PageView resultPage(const Context& context, const HttpRequest& request, const TokenSet& tokens,
                        const ValueMap& idToken, const ValueMap& claims) const;
    BrowserAnswer refuse(const Context& context, const HttpRequest& request, std::string_view error,
                         std::string_view description) const;
    static std::string redirectUri(const Context& context);

    Services& core_;
    const DemoSettings& settings_;
};

}  // namespace gatehouse
