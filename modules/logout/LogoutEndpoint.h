// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/facade/Clients.h>
#include <gatehouse/facade/Pages.h>
#include <gatehouse/facade/Sessions.h>

#include "LogoutRequest.h"

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Ends the session of a browser (OpenID Connect RP-Initiated Logout): at once when the request
/// shows an ID token of that very session, otherwise after asking the person. Threads: any.
class LogoutEndpoint {
public:
    static constexpr const char* path = "/logout";

    explicit LogoutEndpoint(Host& host)
        : host_(host), sessions_(host.one<Sessions>()), pages_(host.one<Pages>()),
          reader_(host, host.one<Clients>()) {}

    HttpResponse get(const Context& context, const HttpRequest& request) const;
    /// A site's request, or the form of our own page.
    HttpResponse post(const Context& context, const HttpRequest& request) const;

private:
    bool isOf(const Context& context, const SignOn& session, const LogoutRequest& logout) const;
    HttpResponse ask(const Context& context, const HttpRequest& request, const Form& form) const;
    HttpResponse decide(const Context& context, const HttpRequest& request, const Form& form) const;
    HttpResponse end(const Context& context, const HttpRequest& request,
                     const LogoutRequest& logout) const;
    Result<std::vector<std::string>> framesOf(const Context& context,
                                              const HttpRequest& request) const;
    HttpResponse leave(const Context& context, const HttpRequest& request,
                       const LogoutRequest& logout,
                       const std::vector<std::string>& frames = {}) const;
    HttpResponse refuse(const Context& context, const HttpRequest& request,
                        const OAuthError& error) const;
    HttpResponse fail(const Context& context, const HttpRequest& request, const Error& error) const;

    Host& host_;
    const Sessions& sessions_;
    const Pages& pages_;
    const LogoutRequestReader reader_;
};

}  // namespace gatehouse
