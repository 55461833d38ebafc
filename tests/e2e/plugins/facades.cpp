// SPDX-License-Identifier: Apache-2.0
// Lets a story use what a plugin has by the facades and no endpoint of ours does. Against the SDK
// alone.
#include <gatehouse/Host.h>
#include <gatehouse/Web.h>
#include <gatehouse/facade/Clients.h>
#include <gatehouse/facade/People.h>
#include <gatehouse/facade/Sessions.h>
#include <gatehouse/facade/Tokens.h>
#include <gatehouse/point/HttpModule.h>

namespace {

using namespace gatehouse;

class Facades final : public HttpModule {
public:
    Status configure(const Config& /*config*/, Host& host) override {
        host_ = &host;
        return done();
    }
    Status start() override {
        clients_ = &host_->one<Clients>();
        people_ = &host_->one<People>();
        sessions_ = &host_->one<Sessions>();
        tokens_ = &host_->one<Tokens>();
        return done();
    }
    std::vector<Route> routes() override {
        return {{"POST", "/facades/{call}", Lane::people,
                 [this](const Context& context, const HttpRequest& request) {
                     const auto form = host_->web().form(request);
                     const auto told = form ? call(context, request, *form)
                                            : Result<Value>(Error::badInput("no form"));
                     return host_->web().json(host_->web().toJson(
                         told ? *told : Value(ValueMap{{"error", told.error().detail}})));
                 }},
                {"POST", "/password", Lane::login,
                 [this](const Context& context, const HttpRequest& request) {
                     return verify(context, request);
                 }}};
    }

private:
    HttpResponse verify(const Context& context, const HttpRequest& request) {
        const auto& web = host_->web();
        const auto form = web.form(request);
        const auto person = people_->verify(context, request, form->text("login"),
                                            Secret(form->text("password")), host_->instance());
        if (!person) {
            return web.error(person.error(), request);
        }
        return web.json(
            web.toJson(ValueMap{{"store", *person ? (*person)->store : std::string{}}}));
    }

    Result<Value> call(const Context& context, const HttpRequest& request, const Form& form) {
        const auto name = request.parameter("call");
        const auto sub = form.text("sub");
        if (name == "issue") {
            return issue(context, request, form);
        }
        if (name == "revoke") {
            return told(tokens_->revokeAll(context, sub));
        }
        if (name == "sessions") {
            const auto all = sessions_->list(context, sub);
            return all ? Result<Value>(static_cast<std::int64_t>(all->size())) : all.error();
        }
        if (name == "end") {
            return told(sessions_->endAll(context, sub));
        }
        if (name == "disable") {
            auto found = *people_->findByLogin(context, form.text("login"));
            found->user.isDisabled = true;
            return told(
                people_->editor(context.issuer, found->store)->update(context, found->user));
        }
        return ofClient(context, name, form);
    }

    Result<Value> issue(const Context& context, const HttpRequest& request, const Form& form) {
        const auto client = clients_->authenticate(context, request, form);
        if (!client) {
            return Error::notAllowed(client.error().description);
        }
        const auto found = *people_->findByLogin(context, form.text("login"));
        if (!found) {
            return Error::badInput("nobody");
        }
        const auto tokens = tokens_->issue(
            context,
            Entitlement::of(Subject::person(found->store, found->user.id), {"openid", "email"}),
            *client, "desk");
        return tokens ? Result<Value>(ValueMap{{"access_token", tokens->accessToken},
                                               {"refresh_token", tokens->refreshToken}})
                      : Error::badInput(tokens.error().detail);
    }

    Result<Value> ofClient(const Context& context, std::string_view name, const Form& form) {
        const auto id = form.text("id");
        if (name == "add") {
            const auto made = clients_->add(
                context, {{"client_id", id}, {"grant_types", ValueList{"client_credentials"}}});
            return made ? Result<Value>(std::string(made->secret.view())) : made.error();
        }
        if (name == "rename") {
            const auto changed =
                clients_->update(context, id, {{"client_name", form.text("name")}});
            return changed ? Result<Value>(changed->name) : changed.error();
        }
        return told(clients_->remove(context, id));
    }

    static Result<Value> told(const Status& status) {
        return status ? Result<Value>(true) : status.error();
    }

    Host* host_ = nullptr;
    const Clients* clients_ = nullptr;
    const People* people_ = nullptr;
    const Sessions* sessions_ = nullptr;
    const Tokens* tokens_ = nullptr;
};

constexpr const char* needs[] = {"clients", "people", "sessions", "tokens"};

}  // namespace

GATEHOUSE_PLUGIN(Facades, "facades", "1.0.0", "Uses the facades", needs)
