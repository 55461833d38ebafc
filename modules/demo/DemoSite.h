// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Secret.h>
#include <gatehouse/Value.h>
#include <gatehouse/facade/Clients.h>
#include <gatehouse/facade/Pages.h>
#include <gatehouse/facade/People.h>
#include <gatehouse/facade/Tokens.h>

#include <optional>
#include <string>

namespace gatehouse {

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
    /// Both outlive it.
    DemoSite(Host& host, const DemoSettings& settings);

    /// The page with the button.
    HttpResponse show(const Context& context, const HttpRequest& request) const;
    /// What the button does: an authorization request with state, nonce and PKCE, which a sealed
    /// cookie remembers.
    HttpResponse begin(const Context& context, const HttpRequest& request) const;
    /// The redirect URI.
    HttpResponse callback(const Context& context, const HttpRequest& request) const;

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
    Result<HttpResponse, OAuthError> finish(const Context& context, const HttpRequest& request,
                                            const Form& answer, const Pending& pending) const;
    Page resultPage(const Context& context, const HttpRequest& request, const TokenSet& tokens,
                    const ValueMap& idToken, const ValueMap& claims) const;
    HttpResponse refuse(const Context& context, const HttpRequest& request, std::string_view error,
                        std::string_view description) const;
    std::string logoutOf(const Issuer& issuer) const;
    static std::string redirectUri(const Context& context);

    Host& host_;
    const Clients& clients_;
    const Pages& pages_;
    const People& people_;
    const Tokens& tokens_;
    const DemoSettings& settings_;
};

}  // namespace gatehouse
