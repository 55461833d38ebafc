// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/Host.h>
#include <gatehouse/Web.h>
#include <gatehouse/facade/Clients.h>
#include <gatehouse/facade/Pages.h>
#include <gatehouse/facade/Sessions.h>
#include <gatehouse/facade/Tokens.h>
#include <gatehouse/point/HttpModule.h>

using namespace gatehouse;

/// What does this token say? For clients at /api/token-desk, for who is signed in at /token-desk.
class TokenDesk final : public HttpModule {
public:
    Status configure(const Config& /*config*/, Host& host) override {
        host_ = &host;
        return done();
    }
    Status start() override {
        clients_ = &host_->one<Clients>();
        pages_ = &host_->one<Pages>();
        sessions_ = &host_->one<Sessions>();
        tokens_ = &host_->one<Tokens>();
        return done();
    }
    std::vector<Route> routes() override {
        using Answer = HttpResponse (TokenDesk::*)(const Context&, const HttpRequest&) const;
        const auto by = [this](Answer answer) {
            return [this, answer](const Context& context, const HttpRequest& request) {
                return (this->*answer)(context, request);
            };
        };
        return {{"POST", "/api/token-desk", Lane::protocol, by(&TokenDesk::tellClient)},
                {"GET", "/token-desk", Lane::people, by(&TokenDesk::show)},
                {"POST", "/token-desk", Lane::people, by(&TokenDesk::tellPerson)}};
    }

private:
    HttpResponse tellClient(const Context& context, const HttpRequest& request) const {
        const Web& web = host_->web();
        const auto form = web.form(request);
        if (!form) {
            return web.error(form.error(), request);
        }
        const auto client = clients_->authenticate(context, request, *form);
        if (!client) {
            return web.error(client.error(), request);
        }
        const auto told = describe(context, form->text("token"));
        return told ? web.json(web.toJson(*told))
                    : web.error(OAuthError::from(told.error()), request);
    }

    HttpResponse show(const Context& context, const HttpRequest& request) const {
        const auto who = sessions_->find(context, request);
        if (!who || !*who) {
            return pages_->message(context, request, "token_desk.nobody", who ? 403 : 503);
        }
        return pages_->showForm(context, request, {"token_desk", formOf(context)}, purpose);
    }

    HttpResponse tellPerson(const Context& context, const HttpRequest& request) const {
        const auto form = host_->web().form(request);
        if (!form || !pages_->accepts(context, request, *form, purpose)) {
            return pages_->message(context, request, "browser", 403);
        }
        const auto who = sessions_->find(context, request);
        const auto told = describe(context, form->text("token"));
        if (!who || !told) {
            return pages_->message(context, request, "unavailable", 503);
        }
        if (!*who) {
            return pages_->message(context, request, "token_desk.nobody", 403);
        }
        ValueMap values = formOf(context);
        values.set("told", *told);
        return pages_->showForm(context, request, {"token_desk", std::move(values)}, purpose);
    }

    static ValueMap formOf(const Context& context) {
        return {{"action", context.issuer.path + "/token-desk"}};
    }

    Result<ValueMap> describe(const Context& context, std::string_view text) const {
        const auto claim = tokens_->inspect(context, text);
        if (!claim) {
            return claim.error();
        }
        if (*claim == nullptr) {
            return ValueMap{{"active", false}};
        }
        return ValueMap{
            {"active", true}, {"client", (*claim)->clientId}, {"scope", (*claim)->scopes.text()}};
    }

    static constexpr std::string_view purpose = "token-desk";

    Host* host_ = nullptr;
    const Clients* clients_ = nullptr;
    const Pages* pages_ = nullptr;
    const Sessions* sessions_ = nullptr;
    const Tokens* tokens_ = nullptr;
};

constexpr const char* needs[] = {"clients",  "client_auth", "pages",
                                 "sessions", "tokens",      "token_format"};

GATEHOUSE_PLUGIN(TokenDesk, "token_desk", "1.0.0", "Tells what an access token says", needs)
