// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/facade/Clients.h>
#include <gatehouse/facade/Requests.h>
#include <gatehouse/facade/Tokens.h>

#include "GuessLimits.h"
#include "Settings.h"
#include "UserCodes.h"

#include <string_view>

namespace gatehouse {

/// The device authorization endpoint (RFC 8628 section 3.1). Threads: any.
class DeviceAuthorization {
public:
    static constexpr const char* path = "/api/oauth/device_authorization";
    static constexpr std::string_view grant = "urn:ietf:params:oauth:grant-type:device_code";

    DeviceAuthorization(Host& host, const DeviceSettings& settings, const GuessLimits& limits)
        : host_(host), settings_(settings), limits_(limits), codes_(host),
          clients_(host.one<Clients>()), requests_(host.one<Requests>()),
          tokens_(host.one<Tokens>()) {}

    HttpResponse post(const Context& context, const HttpRequest& request) const;

private:
    struct Given {
        Promised promise;
        std::string userCode;
    };
    Result<Given, OAuthError> give(const Context& context, const HttpRequest& request,
                                   const AuthenticatedClient& client, const Form& form) const;
    HttpResponse refuse(const Context& context, const HttpRequest& request, const OAuthError& error,
                        std::string_view clientId) const;

    Host& host_;
    const DeviceSettings& settings_;
    const GuessLimits& limits_;
    UserCodes codes_;
    const Clients& clients_;
    const Requests& requests_;
    const Tokens& tokens_;
};

}  // namespace gatehouse
