// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/Host.h>
#include <gatehouse/Web.h>
#include <gatehouse/facade/Pages.h>
#include <gatehouse/facade/Requests.h>
#include <gatehouse/point/HttpModule.h>

#include "text/FormText.h"

namespace gatehouse {

namespace {

constexpr const char* path = "/api/oauth/authorize";
/// What still fits a request line.
constexpr std::size_t longestQuery = 30000;

}  // namespace

/// Owns /api/oauth/authorize (RFC 6749 section 3.1, OpenID Connect Core section 3.1.2.1).
class AuthorizationModule final : public HttpModule {
public:
    Status configure(const Config& /*config*/, Host& host) override {
        host_ = &host;
        return done();
    }
    Status start() override {
        requests_ = &host_->one<Requests>();
        pages_ = &host_->one<Pages>();
        return done();
    }

    std::vector<Route> routes() override {
        const Handler get = [this](const Context& context, const HttpRequest& request) {
            const auto parameters = host_->web().query(request.query);
            return parameters ? requests_->accept(context, request, *parameters)
                              : refuse(context, request, "The query is malformed");
        };
        const Handler post = [this](const Context& context, const HttpRequest& request) {
            return sendOn(context, request);
        };
        std::vector<Route> routes{{"GET", path, Lane::people, get},
                                  {"POST", path, Lane::people, post}};
        routes.front().hasEffects = true;  // it may answer with a code
        return routes;
    }
    /// RFC 8414 section 2: an endpoint that no grant uses is left out.
    void describe(const Issuer& issuer, ValueMap& metadata) const override {
        const auto told = requests_->metadata(issuer);
        if (told.empty()) {
            return;
        }
        metadata.set("authorization_endpoint", issuer.url + path);
        for (const auto& [name, value] : told) {
            metadata.set(name, value);
        }
    }

private:
    /// A POST from another site arrives without our cookies, which are SameSite=Lax; so it is sent
    /// on to GET, which has them.
    HttpResponse sendOn(const Context& context, const HttpRequest& request) const {
        if (!isForm(request)) {
            return refuse(context, request,
                          "The content type must be application/x-www-form-urlencoded");
        }
        const auto parameters = host_->web().query(
            request.query.empty() ? request.body : request.query + "&" + request.body);
        if (!parameters) {
            return refuse(context, request, "The form is malformed");
        }
        const auto query = writeForm(parameters->fields());
        if (query.size() > longestQuery) {
            return refuse(context, request, "The request is too long");
        }
        return host_->web().redirect(context.issuer.path + path + "?" + query);
    }

    HttpResponse refuse(const Context& context, const HttpRequest& request,
                        std::string_view why) const {
        return pages_->error(context, request, OAuthError::of(OAuthCode::invalidRequest, why));
    }

    Host* host_ = nullptr;
    const Requests* requests_ = nullptr;
    const Pages* pages_ = nullptr;
};

constexpr const char* needs[] = {"requests", "pages", "module.login"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::AuthorizationModule, "authorization", "0.1.0",
                 "Authorization codes for people at a browser", gatehouse::needs)
