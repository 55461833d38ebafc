// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Web.h>
#include <gatehouse/facade/Sessions.h>
#include <gatehouse/point/HttpModule.h>

#include "UpstreamStep.h"

#include <string>
#include <vector>

namespace gatehouse {

/// Owns /upstream/logout: where providers say that somebody has signed out there (OpenID Connect
/// Back-Channel Logout). Their sessions here that this provider has opened end.
class UpstreamLogout final : public HttpModule {
public:
    Status configure(const Config& config, Host& host) override;
    Status start() override;
    std::vector<Route> routes() override;

private:
    HttpResponse post(const Context& context, const HttpRequest& request) const;
    HttpResponse refuse(const Context& context, const HttpRequest& request,
                        const Error& error) const;
    Status endAll(const Context& context, const UpstreamStep& step, std::string_view token,
                  const std::string& remoteAddress) const;

    Host* host_ = nullptr;
    const Sessions* sessions_ = nullptr;
    std::vector<const UpstreamStep*> steps_;  ///< those of the same library
};

}  // namespace gatehouse
