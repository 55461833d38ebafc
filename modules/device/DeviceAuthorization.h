// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/ClientEndpoint.h>
#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/facade/Clients.h>
#include <gatehouse/facade/Requests.h>

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
        : host_(host), endpoint_(host, "device authorization"), settings_(settings),
          limits_(limits), codes_(host), requests_(host.one<Requests>()) {}

    HttpResponse post(const Context& context, const HttpRequest& request) const;

private:
    struct Given {
        Promised promise;
        std::string userCode;
    };
    Result<Given, OAuthError> give(const Context& context, const HttpRequest& request,
                                   const AuthenticatedClient& client, const Form& form) const;

    Host& host_;
    const ClientEndpoint endpoint_;
    const DeviceSettings& settings_;
    const GuessLimits& limits_;
    UserCodes codes_;
    const Requests& requests_;
};

}  // namespace gatehouse
