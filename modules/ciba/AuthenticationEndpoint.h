// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/ClientEndpoint.h>
#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/facade/Clients.h>
#include <gatehouse/facade/Requests.h>

#include "AskedPerson.h"
#include "AskedRequests.h"
#include "RequestLimits.h"
#include "Settings.h"
#include "SignedRequest.h"

#include <string>
#include <string_view>

namespace gatehouse {

/// The backchannel authentication endpoint (OpenID Connect CIBA section 7). Threads: any.
class AuthenticationEndpoint {
public:
    static constexpr const char* path = "/api/oauth/backchannel_authentication";

    AuthenticationEndpoint(Host& host, const CibaSettings& settings, const AskedRequests& asked)
        : host_(host), endpoint_(host, "backchannel authentication"), settings_(settings),
          asked_(asked), limits_(host, settings), signed_(host), people_(host),
          requests_(host.one<Requests>()) {}

    HttpResponse post(const Context& context, const HttpRequest& request) const;

private:
    struct Given {
        std::string authReqId;
        seconds lifetime{0};
    };
    Result<Given, OAuthError> give(const Context& context, const HttpRequest& http,
                                   const AuthenticatedClient& client, const Form& form) const;
    Result<Subject, OAuthError> personOf(const Context& context, const Client& client,
                                         const AuthenticationRequest& request) const;
    Promise termsOf(const HttpRequest& http, const Client& client,
                    const AuthenticationRequest& request, TimePoint now) const;
    Result<Given, OAuthError> ask(const Context& context, const HttpRequest& http,
                                  const AuthenticatedClient& client,
                                  const AuthenticationRequest& request) const;

    Host& host_;
    const ClientEndpoint endpoint_;
    const CibaSettings& settings_;
    const AskedRequests& asked_;
    RequestLimits limits_;
    SignedRequest signed_;
    AskedPerson people_;
    const Requests& requests_;
};

}  // namespace gatehouse
