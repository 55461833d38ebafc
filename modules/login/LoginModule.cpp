// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/Host.h>
#include <gatehouse/Web.h>
#include <gatehouse/facade/Logins.h>
#include <gatehouse/facade/Pages.h>
#include <gatehouse/point/HttpModule.h>

namespace gatehouse {

/// Owns the pages people see: /, /interaction/{id}/* and what the pages load.
class LoginModule final : public HttpModule {
public:
    Status configure(const Config& /*config*/, Host& host) override {
        host_ = &host;
        return done();
    }
    Status start() override {
        logins_ = &host_->one<Logins>();
        pages_ = &host_->one<Pages>();
        return done();
    }

    std::vector<Route> routes() override {
        return {
            route("GET", "/interaction/{id}/login", Logins::login),
            route("POST", "/interaction/{id}/login", Logins::login, Lane::login),
            route("GET", "/interaction/return", Logins::comeBack, Lane::login),
            route("GET", "/interaction/return/{step}", Logins::comeBack, Lane::login),
            route("GET", "/interaction/{id}/account", Logins::account),
            route("POST", "/interaction/{id}/account", Logins::account),
            route("GET", "/interaction/{id}/consent", Logins::consent),
            route("POST", "/interaction/{id}/consent", Logins::consent),
            route("POST", "/interaction/{id}/cancel", Logins::cancel),
            route("GET", "/interaction/{id}/restart", Logins::restart),
            home(),
            icon(),
        };
    }

private:
    Route route(std::string method, std::string path, std::string_view page,
                Lane lane = Lane::people) const {
        Route route{std::move(method), std::move(path), lane,
                    [this, page](const Context& context, const HttpRequest& request) {
                        return logins_->answer(context, request, page);
                    }};
        route.hasEffects = true;  // who is signed in already gets the code
        return route;
    }

    /// For who has only the address: a page for people, nothing for programs.
    Route home() const {
        return {"GET", "/", Lane::people,
                [this](const Context& context, const HttpRequest& request) {
                    const bool isPerson =
                        request.header("accept").find("text/html") != std::string_view::npos;
                    if (isPerson) {
                        return pages_->show(context, request, homePage(context, request));
                    }
                    auto response = host_->web().json(R"({"error":"not_found"})");
                    response.status = 404;
                    return response;
                }};
    }

    /// Who owns ISSUER/account has the text of the link to it.
    Page homePage(const Context& context, const HttpRequest& request) const {
        return {"home", {{"account", pages_->text(context, request, "home.account")}}};
    }

    Route icon() const {
        return {"GET", "/assets/icon.svg", Lane::loop,
                [this](const Context& context, const HttpRequest&) {
                    HttpResponse response;
                    response.set("Content-Type", "image/svg+xml");
                    response.set("Cache-Control", "public, max-age=3600");
                    response.set("Content-Security-Policy", "default-src 'none'; sandbox");
                    response.set("X-Content-Type-Options", "nosniff");
                    response.body = pages_->icon(context.issuer);
                    return response;
                }};
    }

    Host* host_ = nullptr;
    const Logins* logins_ = nullptr;
    const Pages* pages_ = nullptr;
};

constexpr const char* needs[] = {"logins", "pages", "login_step"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::LoginModule, "login", "0.1.0", "Login and consent pages",
                 gatehouse::needs)
