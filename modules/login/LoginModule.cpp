// SPDX-License-Identifier: Apache-2.0
#include "login/LoginFlow.h"
#include "login/LogoutFlow.h"
#include "page/PageRenderer.h"
#include "text/FormText.h"
#include "web/Answer.h"
#include "web/CoreModule.h"

#include <memory>
#include <type_traits>

namespace gatehouse {

/// Owns the pages people see: /, /interaction/{id}/*, /logout and what the pages load.
class LoginModule final : public CoreModule {
public:
    Status start() override {
        if (auto started = CoreModule::start(); !started) {
            return started;
        }
        logout_ = std::make_unique<LogoutFlow>(core().host(), core().sessions(), core().pageBook());
        return done();
    }
    void stop() noexcept override { logout_.reset(); }

    std::vector<Route> routes() override {
        return {
            page("/interaction/{id}/login", &LoginFlow::showLogin),
            form("/interaction/{id}/login", &LoginFlow::postLogin, Lane::login),
            comeBack(),
            page("/interaction/{id}/consent", &LoginFlow::showConsent),
            form("/interaction/{id}/consent", &LoginFlow::postConsent),
            form("/interaction/{id}/cancel", &LoginFlow::postCancel),
            page("/interaction/{id}/restart", &LoginFlow::restart),
            page("/logout", &LogoutFlow::show),
            form("/logout", &LogoutFlow::post),
            home(),
            icon(),
        };
    }

private:
    template <class Flow> const Flow& flow() const {
        if constexpr (std::is_same_v<Flow, LogoutFlow>) {
            return *logout_;
        } else {
            return core().login();
        }
    }

    template <class Flow>
    Route page(std::string path,
               BrowserAnswer (Flow::*show)(const Context&, const HttpRequest&) const) const {
        return {"GET", std::move(path), Lane::people,
                [this, show](const Context& context, const HttpRequest& request) {
                    return core()
                        .pages(context.issuer)
                        .respond(context, (flow<Flow>().*show)(context, request));
                }};
    }

    template <class Flow>
    Route form(std::string path,
               BrowserAnswer (Flow::*post)(const Context&, const HttpRequest&, const Form&) const,
               Lane lane = Lane::people) const {
        return {"POST", std::move(path), lane,
                [this, post](const Context& context, const HttpRequest& request) {
                    const auto& pages = core().pages(context.issuer);
                    const auto fields = readForm(request);
                    return pages.respond(
                        context,
                        fields ? (flow<Flow>().*post)(context, request, *fields)
                               : PageRenderer::error(pages.language({}, request), fields.error()));
                }};
    }

    /// Where a login step's other server sends the browser back to. What comes is asked about
    /// there.
    Route comeBack() const {
        return {"GET", "/interaction/return", Lane::login,
                [this](const Context& context, const HttpRequest& request) {
                    const auto query = parseForm(request.query).value_or(Form{});
                    return core()
                        .pages(context.issuer)
                        .respond(context, core().login().comeBack(context, request, query));
                }};
    }

    /// For who has only the address: a page for people, nothing for programs.
    Route home() const {
        return {"GET", "/", Lane::people,
                [this](const Context& context, const HttpRequest& request) {
                    const bool isPerson =
                        request.header("accept").find("text/html") != std::string_view::npos;
                    if (!isPerson) {
                        auto response = jsonAnswer(R"({"error":"not_found"})");
                        response.status = 404;
                        return response;
                    }
                    const auto& pages = core().pages(context.issuer);
                    PageView page;
                    page.name = "home";
                    page.language = pages.language({}, request);
                    return pages.respond(context, BrowserAnswer::show(std::move(page)));
                }};
    }

    Route icon() const {
        return {"GET", "/assets/icon.svg", Lane::loop,
                [this](const Context& context, const HttpRequest&) {
                    HttpResponse response;
                    response.set("Content-Type", "image/svg+xml");
                    response.set("Cache-Control", "public, max-age=3600");
                    response.set("Content-Security-Policy", "default-src 'none'; sandbox");
                    response.set("X-Content-Type-Options", "nosniff");
                    response.body = core().pages(context.issuer).icon();
                    return response;
                }};
    }

    std::unique_ptr<LogoutFlow> logout_;
};

constexpr const char* needs[] = {"core", "pages", "login_step"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::LoginModule, "login", "0.1.0", "Login, consent and sign-out pages",
                 gatehouse::needs)
