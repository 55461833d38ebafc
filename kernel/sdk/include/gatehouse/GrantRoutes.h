// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Web.h>
#include <gatehouse/facade/Pages.h>
#include <gatehouse/facade/Tokens.h>
#include <gatehouse/point/HttpModule.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace gatehouse {

/// Routes of a module that are there where an issuer has the grant they lead to; elsewhere they
/// answer 404. Both texts must outlive this. Threads: any.
class GrantRoutes {
public:
    /// `absent`: the text of a page that is not there.
    GrantRoutes(Host& host, std::string_view grant, std::string_view absent)
        : host_(host), grant_(grant), absent_(absent) {}

    bool areAt(const Issuer& issuer) const {
        const auto types = host_.one<Tokens>().grantTypes(issuer);
        return std::find(types.begin(), types.end(), grant_) != types.end();
    }
    /// Where clients post to. `owner` is there when requests come.
    template <class Endpoint>
    Route endpoint(const char* path, Lane lane, const std::optional<Endpoint>& owner) const {
        return {"POST", path, lane,
                [this, &owner](const Context& context, const HttpRequest& request) {
                    return areAt(context.issuer) ? owner->post(context, request) : refused(request);
                }};
    }
    template <class Page>
    Route page(std::string method, const char* path, const std::optional<Page>& owner,
               HttpResponse (Page::*answer)(const Context&, const HttpRequest&) const) const {
        return {std::move(method), path, Lane::people,
                [this, &owner, answer](const Context& context, const HttpRequest& request) {
                    return areAt(context.issuer)
                               ? ((*owner).*answer)(context, request)
                               : host_.one<Pages>().message(context, request, absent_, notFound);
                }};
    }

private:
    static constexpr int notFound = 404;

    HttpResponse refused(const HttpRequest& request) const {
        auto error =
            OAuthError::of(OAuthCode::unsupportedGrantType, "This grant type is not supported");
        error.status = notFound;
        return host_.web().error(error, request);
    }

    Host& host_;
    const std::string_view grant_;
    const std::string_view absent_;
};

}  // namespace gatehouse
