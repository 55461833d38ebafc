// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/Host.h>
#include <gatehouse/point/HttpModule.h>

#include "Services.h"
#include "login/LoginFlow.h"
#include "login/LogoutFlow.h"
#include "page/PageRenderer.h"
#include "web/Answer.h"

#include <memory>

namespace gatehouse {

/// Owns the pages people see: /interaction/{id}/*, /logout and what the pages load.
class LoginModule final : public HttpModule {
public:
    Status configure(const Config& /*config*/, Host& host) override {
        host_ = &host;
        return done();
    }
    Status start() override {
        core_ = &host_->one<Services>();
        logout_ = std::make_unique<LogoutFlow>(core_->host(), core_->sessions(), core_->pages());
        return done();
    }
    void stop() noexcept override { logout_.reset(); }

    std::vector<Route> routes() override {
        const auto& login = core_->login();
        const auto& logout = *logout_;
        return {
            page("/interaction/{id}/login", login, &LoginFlow::showLogin),
            form("/interaction/{id}/login", login, &LoginFlow::postLogin),
            page("/interaction/{id}/consent", login, &LoginFlow::showConsent),
            form("/interaction/{id}/consent", login, &LoginFlow::postConsent),
            form("/interaction/{id}/cancel", login, &LoginFlow::postCancel),
            page("/interaction/{id}/restart", login, &LoginFlow::restart),
            page("/logout", logout, &LogoutFlow::show),
            form("/logout", logout, &LogoutFlow::post),
            icon(),
        };
    }

private:
    template <class Flow>
    Route page(std::string path, const Flow& flow,
               BrowserAnswer (Flow::*show)(const Context&, const HttpRequest&) const) const {
        return {"GET", std::move(path), Lane::people,
                [this, &flow, show](const Context& context, const HttpRequest& request) {
                    return core_->pages().respond(context, (flow.*show)(context, request));
                }};
    }

    template <class Flow>
    Route form(std::string path, const Flow& flow,
               BrowserAnswer (Flow::*post)(const Context&, const HttpRequest&, const Form&)
                   const) const {
        return {"POST", std::move(path), Lane::people,
                [this, &flow, post](const Context& context, const HttpRequest& request) {
                    const auto& pages = core_->pages();
                    const auto fields = readForm(request);
                    return pages.respond(
                        context, fields ? (flow.*post)(context, request, *fields)
                                        : pages.error(pages.language({}, request), fields.error()));
                }};
    }

    Route icon() const {
        return {"GET", "/assets/icon.svg", Lane::loop, [this](const Context&, const HttpRequest&) {
                    HttpResponse response;
                    response.set("Content-Type", "image/svg+xml");
                    response.set("Cache-Control", "public, max-age=3600");
                    response.set("Content-Security-Policy", "default-src 'none'; sandbox");
                    response.set("X-Content-Type-Options", "nosniff");
                    response.body = core_->pages().icon();
                    return response;
                }};
    }

    Host* host_ = nullptr;
    Services* core_ = nullptr;
    std::unique_ptr<LogoutFlow> logout_;
};

constexpr const char* needs[] = {"core"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::LoginModule, "login", "0.1.0", "Login, consent and sign-out pages",
                 gatehouse::needs)
