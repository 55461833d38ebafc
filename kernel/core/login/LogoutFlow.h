// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Http.h>

#include "login/FormGuard.h"
#include "page/BrowserAnswer.h"

namespace gatehouse {

class PageBook;
class SessionService;

/// Signs a browser out, after asking whether that is meant. Threads: any.
class LogoutFlow {
public:
    LogoutFlow(Host& host, const SessionService& sessions, const PageBook& pages)
        : host_(host), sessions_(sessions), pages_(pages), guard_(host) {}

    BrowserAnswer show(const Context& context, const HttpRequest& http) const;
    BrowserAnswer post(const Context& context, const HttpRequest& http, const Form& form) const;

private:
    static BrowserAnswer loggedOut(const std::string& language);
    BrowserAnswer fail(const Context& context, const std::string& language,
                       const Error& error) const;

    Host& host_;
    const SessionService& sessions_;
    const PageBook& pages_;
    FormGuard guard_;
};

}  // namespace gatehouse
