// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/Host.h>
#include <gatehouse/Web.h>
#include <gatehouse/facade/Clients.h>
#include <gatehouse/facade/Consents.h>
#include <gatehouse/facade/Pages.h>
#include <gatehouse/facade/People.h>
#include <gatehouse/facade/Sessions.h>
#include <gatehouse/point/HttpModule.h>

#include "text/Rfc3339.h"

#include <optional>
#include <string>
#include <utility>

namespace gatehouse {

namespace {

constexpr const char* path = "/consents";

}  // namespace

/// Owns /consents: what who is signed in allowed to whom, to be taken back.
class ConsentsModule final : public HttpModule {
public:
    Status configure(const Config& /*config*/, Host& host) override {
        host_ = &host;
        return done();
    }
    Status start() override {
        clients_ = &host_->one<Clients>();
        consents_ = &host_->one<Consents>();
        pages_ = &host_->one<Pages>();
        people_ = &host_->one<People>();
        sessions_ = &host_->one<Sessions>();
        return done();
    }
    std::vector<Route> routes() override {
        using Answer = HttpResponse (ConsentsModule::*)(const Context&, const HttpRequest&) const;
        const auto by = [this](Answer answer) {
            return [this, answer](const Context& context, const HttpRequest& request) {
                return (this->*answer)(context, request);
            };
        };
        return {{"GET", path, Lane::people, by(&ConsentsModule::show)},
                {"POST", path, Lane::people, by(&ConsentsModule::withdraw)}};
    }

private:
    HttpResponse show(const Context& context, const HttpRequest& request) const {
        const auto who = sessions_->find(context, request);
        if (!who || !*who) {
            return nobody(context, request, who);
        }
        const auto& sub = (*who)->subject.sub;
        const auto consents = consents_->list(context, sub);
        if (!consents) {
            return unavailable(context, request, consents.error());
        }
        ValueList sites;
        for (const auto& consent : *consents) {
            auto site = siteOf(context, request, consent);
            if (!site) {
                return unavailable(context, request, site.error());
            }
            if (!site->empty()) {
                sites.emplace_back(*std::move(site));
            }
        }
        auto person = personOf(context, (*who)->subject);
        if (!person) {
            return unavailable(context, request, person.error());
        }
        const bool isAny = !sites.empty();
        ValueMap values{{"action", context.issuer.path + path},
                        {"person", *std::move(person)},
                        {"sites", std::move(sites)},
                        {"has_sites", isAny}};
        return pages_->showForm(context, request, {"consents", std::move(values)}, purposeOf(sub));
    }

    /// Whose page it is: in this browser several may be signed in.
    Result<ValueMap> personOf(const Context& context, const Subject& subject) const {
        const auto found = people_->find(context, subject);
        if (!found) {
            return found.error();
        }
        const auto login = *found ? (*found)->login : std::string();
        const auto name = *found ? (*found)->claims.text("name") : std::string_view();
        return ValueMap{{"name", name.empty() ? login : std::string(name)},
                        {"login", login},
                        {"has_name", !name.empty() && name != login}};
    }

    /// Empty: the client is gone, and with it what it was allowed.
    Result<ValueMap> siteOf(const Context& context, const HttpRequest& request,
                            const Consent& consent) const {
        const auto client = clients_->registered(context, consent.clientId);
        if (!client) {
            return client.error();
        }
        if (*client == nullptr) {
            return ValueMap();
        }
        ValueList scopes;
        for (const auto& scope : consent.scopes) {
            scopes.emplace_back(
                ValueMap{{"scope", scope}, {"words", pages_->scope(context, request, scope)}});
        }
        const bool isOne = scopes.size() == 1;
        const auto shown = pages_->client(context, request, **client);
        return ValueMap{{"client_id", consent.clientId},
                        {"name", shown.text("name")},
                        {"since", rfc3339Day(consent.given)},
                        {"scopes", std::move(scopes)},
                        {"has_several", !isOne}};
    }

    HttpResponse withdraw(const Context& context, const HttpRequest& request) const {
        const auto who = sessions_->find(context, request);
        if (!who || !*who) {
            return nobody(context, request, who);
        }
        const auto& sub = (*who)->subject.sub;
        const auto form = host_->web().form(request);
        // On the page of another person, or of nobody here.
        if (!form || !pages_->accepts(context, request, *form, purposeOf(sub))) {
            return pages_->message(context, request, "browser", 403);
        }
        const auto scopes = ScopeSet::parse(form->text("scope"));
        if (!form->has("all") && scopes.empty()) {
            return pages_->message(context, request, "browser", 400);
        }
        const auto withdrawn =
            consents_->withdraw(context, sub, form->text("client_id"),
                                form->has("all") ? ScopeSet() : scopes, request.remoteAddress);
        return withdrawn ? host_->web().redirect(context.issuer.path + path)
                         : unavailable(context, request, withdrawn.error());
    }

    HttpResponse nobody(const Context& context, const HttpRequest& request,
                        const Result<std::optional<SignOn>>& who) const {
        return who ? pages_->message(context, request, "consents.nobody", 403)
                   : unavailable(context, request, who.error());
    }

    HttpResponse unavailable(const Context& context, const HttpRequest& request,
                             const Error& error) const {
        host_->log().write(context, Level::error, "consents not shown: " + error.detail);
        return pages_->message(context, request, "unavailable", 503);
    }

    static std::string purposeOf(const std::string& sub) { return "consents|" + sub; }

    Host* host_ = nullptr;
    const Clients* clients_ = nullptr;
    const Consents* consents_ = nullptr;
    const Pages* pages_ = nullptr;
    const People* people_ = nullptr;
    const Sessions* sessions_ = nullptr;
};

constexpr const char* needs[] = {"clients", "consents", "pages", "people", "sessions"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::ConsentsModule, "consents", "0.1.0",
                 "A page where people take back what they allowed", gatehouse::needs)
