// SPDX-License-Identifier: Apache-2.0
#include "login/InteractionPages.h"

#include <gatehouse/NamedWay.h>

#include "client/RedirectPolicy.h"
#include "page/ClientView.h"
#include "page/PageBook.h"
#include "text/FormText.h"

namespace gatehouse {

namespace {

constexpr seconds day{86'400};

std::string nameOf(const User& person) {
    const auto name = person.claims.text("name");
    return std::string(name.empty() ? std::string_view(person.login) : name);
}

ValueList namesOf(const std::vector<std::shared_ptr<const ProtectedResource>>& resources) {
    ValueList names;
    for (const auto& resource : resources) {
        names.emplace_back(resource->name.empty() ? resource->identifier : resource->name);
    }
    return names;
}

/// Whoever listens on this machine gets the answer of a client that nobody vouches for (RFC 8252
/// section 8.6).
bool isAnsweredHere(const AuthorizationRequest& request) {
    return !request.client->sourced.by.empty() &&
           RedirectPolicy::isLoopback(request.replyTo.redirectUri);
}

}  // namespace

BrowserAnswer InteractionPages::login(const Owner& owner, const LoginOutcome& outcome,
                                      std::string_view message) const {
    ValueMap values = outcome.page->values;
    values.set("other_ways", waysOf(owner, outcome));
    values.set("has_other_ways", !outcome.otherWays.empty());
    values.set("later", outcome.mayWait);
    if (const auto days = (outcome.remember + day - seconds{1}) / day; days > 0) {
        values.set("remember", ValueMap{{"days", std::int64_t{days}}});
    }
    values.set("action", owner.interaction.path(owner.context.issuer) + "login");
    values.set("cancel", owner.interaction.path(owner.context.issuer) + "cancel");
    values.set("message",
               pages_.of(owner.context.issuer)
                   .text(owner.language, message.empty() ? outcome.page->message : message,
                         outcome.page->values));
    return BrowserAnswer::show(
        viewOf(owner, outcome.page->name, std::move(values), owner.interaction.name));
}

ValueList InteractionPages::waysOf(const Owner& owner, const LoginOutcome& outcome) const {
    ValueList ways;
    for (const auto* way : outcome.otherWays) {
        ways.emplace_back(ValueMap{{"name", way->name}, {"label", labelOf(owner, *way)}});
    }
    return ways;
}

/// In words where there are some: "way.NAME".
std::string InteractionPages::labelOf(const Owner& owner, const Host::Named<LoginStep>& way) const {
    const auto* named = capabilityOf<NamedWay>(*way.plugin);
    const auto key = "way." + (named == nullptr ? way.name : std::string(named->textName()));
    auto text = pages_.of(owner.context.issuer)
                    .text(owner.language, key,
                          {{"name", named == nullptr ? way.name : named->shownName()}});
    return text.empty() ? way.name : text;
}

/// A form of ours may have led here, over redirects: browsers hold those to its form-action. So it
/// is a page that goes on, as where a site has its answer.
BrowserAnswer InteractionPages::elsewhere(const Owner& owner, std::string_view url) const {
    const auto location = withQuery(url, "state=" + owner.interaction.id);
    auto answer = BrowserAnswer::goTo(location);
    answer.page = viewOf(owner, "go_on", {{"location", location}}, owner.interaction.name);
    return answer;
}

BrowserAnswer InteractionPages::stuck(const Owner& owner) const {
    const auto& issuer = owner.context.issuer;
    auto answer = pages_.of(issuer).message(owner.language, "unable", 403);
    addLink(issuer, answer, owner.interaction.path(issuer) + "restart", "message.restart");
    return answer;
}

BrowserAnswer InteractionPages::accounts(const Owner& owner,
                                         const std::vector<SignedIn>& people) const {
    ValueList accounts;
    for (const auto& one : people) {
        const auto name = nameOf(one.person);
        accounts.emplace_back(ValueMap{{"number", std::to_string(accounts.size() + 1)},
                                       {"name", name},
                                       {"login", one.person.login},
                                       {"has_name", name != one.person.login},
                                       {"token", accountToken(owner, one.session.subject.sub)}});
    }
    const auto path = owner.interaction.path(owner.context.issuer);
    ValueMap values{{"action", path + "account"},
                    {"cancel", path + "cancel"},
                    {"accounts", std::move(accounts)},
                    {"another", accountToken(owner, {})}};
    return BrowserAnswer::show(viewOf(owner, "account", std::move(values), owner.interaction.name));
}

std::string InteractionPages::accountToken(const Owner& owner, std::string_view sub) const {
    const auto& interaction = owner.interaction;
    return guard_.token(guard_.browser(owner.context, owner.http, interaction.tab()),
                        interaction.name + "|account|" + std::string(sub));
}

BrowserAnswer InteractionPages::consent(const Owner& owner, const SignedIn& who,
                                        const ScopeSet& scopes, ValueList noted) const {
    const auto& pages = pages_.of(owner.context.issuer);
    ValueList words;
    for (const auto& scope : scopes) {
        words.emplace_back(pages.scope(owner.language, scope));
    }
    ValueMap values{{"action", owner.interaction.path(owner.context.issuer) + "consent"},
                    {"person", nameOf(who.person)},
                    {"answers_here", isAnsweredHere(owner.request)},
                    {"scopes", std::move(words)},
                    {"rights", std::move(noted)},
                    {"resources", namesOf(owner.request.protectedResources)},
                    {"has_resources", !owner.request.protectedResources.empty()}};
    const auto& promise = owner.request.promise;
    for (const auto& [name, value] : promise ? promise->page.values : ValueMap()) {
        values.set(name, value);
    }
    return BrowserAnswer::show(viewOf(owner, promise ? promise->page.name : "consent",
                                      std::move(values),
                                      consentPurpose(owner.interaction, who, scopes)));
}

std::string InteractionPages::consentPurpose(const Interaction& interaction, const SignedIn& who,
                                             const ScopeSet& scopes) {
    return interaction.name + "|" + who.session.subject.sub + "|" + scopes.text();
}

BrowserAnswer InteractionPages::wait(const Owner& owner, seconds time, std::string_view key) const {
    const std::int64_t minutes = (time.count() + 59) / 60;
    const auto& issuer = owner.context.issuer;
    auto answer = pages_.of(issuer).message(owner.language, key, 429, {{"minutes", minutes}});
    answer.retryAfter = time;
    addLink(issuer, answer, owner.interaction.path(issuer) + "login", "message.back");
    return answer;
}

BrowserAnswer InteractionPages::busy(const Owner& owner) const {
    const auto& issuer = owner.context.issuer;
    auto answer = pages_.of(issuer).message(owner.language, "busy", 503);
    answer.retryAfter = seconds{1};
    addLink(issuer, answer, owner.interaction.path(issuer) + "login", "message.back");
    return answer;
}

BrowserAnswer InteractionPages::otherBrowser(const Issuer& issuer,
                                             const std::string& language) const {
    return pages_.of(issuer).message(language, "browser", 403);
}

BrowserAnswer InteractionPages::unusable(const Context& context, const HttpRequest& http,
                                         const InteractionBook::Found& found,
                                         const Client* client) const {
    const auto& pages = pages_.of(context.issuer);
    const auto& language = pages.language(Form(found.interaction.request).text("ui_locales"), http);
    if (found.state == InteractionBook::State::expired) {
        auto answer = pages.message(language, "expired", 400);
        answer.page.values.set("message", pages.text(language, "message.expired.restart"));
        addLink(context.issuer, answer, found.interaction.path(context.issuer) + "restart",
                "message.restart");
        return answer;
    }
    auto answer = pages.message(language, "expired", 400);
    if (found.state == InteractionBook::State::otherBrowser) {
        answer = found.isOfLink ? pages.message(language, "link", 403)
                                : otherBrowser(context.issuer, language);
    }
    addSite(context.issuer, answer, client);
    return answer;
}

BrowserAnswer InteractionPages::unavailable(const Issuer& issuer,
                                            const std::string& language) const {
    auto answer = pages_.of(issuer).message(language, "unavailable", 503);
    answer.retryAfter = seconds{5};
    return answer;
}

PageView InteractionPages::viewOf(const Owner& owner, std::string name, ValueMap values,
                                  std::string_view purpose) const {
    const auto browser = guard_.browser(owner.context, owner.http, owner.interaction.tab());
    auto client = clientView(*owner.request.client, owner.language);
    PageView page;
    page.name = std::move(name);
    page.language = owner.language;
    page.logo = client.text("logo");
    const auto& metadata = owner.request.client->metadata;
    page.brand.name = metadata.text("brand_name");
    page.brand.color = metadata.text("brand_color");
    page.values = std::move(values);
    page.values.set("csrf", guard_.token(browser, purpose));
    page.values.set("client", std::move(client));
    return page;
}

void InteractionPages::addSite(const Issuer& issuer, BrowserAnswer& answer,
                               const Client* client) const {
    const auto view = client == nullptr ? ValueMap{} : clientView(*client, answer.page.language);
    if (!view.text("uri").empty()) {
        answer.page.values.set("link", view.text("uri"));
        answer.page.values.set("link_text",
                               pages_.of(issuer).text(answer.page.language, "message.site",
                                                      {{"client", view.text("name")}}));
    }
}

void InteractionPages::addLink(const Issuer& issuer, BrowserAnswer& answer, std::string target,
                               std::string_view text) const {
    answer.page.values.set("link", std::move(target));
    answer.page.values.set("link_text", pages_.of(issuer).text(answer.page.language, text));
}

}  // namespace gatehouse
