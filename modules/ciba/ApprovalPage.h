// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/facade/Clients.h>
#include <gatehouse/facade/Pages.h>
#include <gatehouse/facade/Requests.h>
#include <gatehouse/facade/Sessions.h>

#include "AskedRequests.h"

#include <string>
#include <string_view>

namespace gatehouse {

/// Where people see which requests wait for them, and go on to allow or deny one. What comes then
/// belongs to the kernel: login, and whether they allow it. Threads: any.
class ApprovalPage {
public:
    static constexpr const char* path = "/approvals";
    static constexpr const char* askPath = "/approvals/ask/";
    static constexpr const char* donePath = "/approvals/done";

    ApprovalPage(Host& host, const AskedRequests& asked)
        : host_(host), asked_(asked), clients_(host.one<Clients>()), pages_(host.one<Pages>()),
          requests_(host.one<Requests>()), sessions_(host.one<Sessions>()) {}

    HttpResponse show(const Context& context, const HttpRequest& request) const;
    HttpResponse post(const Context& context, const HttpRequest& request) const;
    /// One, from a link that its person was sent; they may have yet to log in.
    HttpResponse askOne(const Context& context, const HttpRequest& request) const;
    HttpResponse tellEnd(const Context& context, const HttpRequest& request) const;

private:
    Result<ValueMap> viewOf(const Context& context, const HttpRequest& http,
                            const AskedRequest& request) const;
    HttpResponse decide(const Context& context, const HttpRequest& http, std::string_view id,
                        std::string_view sub) const;
    HttpResponse nobody(const Context& context, const HttpRequest& request,
                        const Result<std::optional<SignOn>>& who) const;
    HttpResponse unavailable(const Context& context, const HttpRequest& request,
                             const Error& error) const;

    Host& host_;
    const AskedRequests& asked_;
    const Clients& clients_;
    const Pages& pages_;
    const Requests& requests_;
    const Sessions& sessions_;
};

}  // namespace gatehouse
