// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/facade/Clients.h>
#include <gatehouse/facade/Pages.h>
#include <gatehouse/facade/People.h>
#include <gatehouse/facade/Sessions.h>

#include "Elsewhere.h"
#include "LogoutRequest.h"

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Ends sessions of a browser (OpenID Connect RP-Initiated Logout): the one whose ID token the
/// request shows at once, otherwise after asking the person, who says which. Threads: any.
class LogoutEndpoint {
public:
    static constexpr const char* path = "/logout";

    explicit LogoutEndpoint(Host& host)
        : host_(host), people_(host.one<People>()), sessions_(host.one<Sessions>()),
          pages_(host.one<Pages>()), reader_(host, host.one<Clients>()), elsewhere_(host) {}

    HttpResponse get(const Context& context, const HttpRequest& request) const;
    /// A site's request, or the form of our own page.
    HttpResponse post(const Context& context, const HttpRequest& request) const;
    /// From another site, where the person has signed out as well.
    HttpResponse back(const Context& context, const HttpRequest& request) const;

private:
    bool isOf(const Context& context, const SignOn& session, const LogoutRequest& logout) const;
    Result<ValueList> namesOf(const Context& context, const std::vector<SignOn>& sessions) const;
    std::string tokenOf(const SignOn& session) const;
    HttpResponse ask(const Context& context, const HttpRequest& request, const Form& form,
                     const std::vector<SignOn>& sessions) const;
    HttpResponse decide(const Context& context, const HttpRequest& request, const Form& form) const;
    std::vector<SignOn> chosenIn(const Form& form, std::vector<SignOn> sessions) const;
    HttpResponse end(const Context& context, const HttpRequest& request,
                     const LogoutRequest& logout, const std::vector<SignOn>& sessions) const;
    Result<std::vector<std::string>> framesOf(const Context& context,
                                              const std::vector<SignOn>& sessions) const;
    HttpResponse leave(const Context& context, const HttpRequest& request,
                       const std::string& location,
                       const std::vector<std::string>& frames = {}) const;
    HttpResponse refuse(const Context& context, const HttpRequest& request,
                        const OAuthError& error) const;
    HttpResponse fail(const Context& context, const HttpRequest& request, const Error& error) const;

    Host& host_;
    const People& people_;
    const Sessions& sessions_;
    const Pages& pages_;
    const LogoutRequestReader reader_;
    const Elsewhere elsewhere_;
};

}  // namespace gatehouse
