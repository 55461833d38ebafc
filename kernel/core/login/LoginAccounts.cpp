// SPDX-License-Identifier: Apache-2.0
#include "login/ConsentService.h"
#include "login/LoginFlow.h"

#include <algorithm>
#include <utility>

// Who of several people that are signed in beside each other LoginFlow answers for.

namespace gatehouse {

/// Is it about whom the person chose, and then nobody else; who signed in for this request; or who
/// is asked for, where they are here?
Status LoginFlow::look(Visit& visit) const {
    auto here = parts_.sessions.findAll(visit.context, visit.http);
    if (!here) {
        return here.error();
    }
    visit.here = *std::move(here);
    const auto& interaction = visit.interaction;
    if (interaction && interaction->account) {
        const bool isHere = visit.here.turnTo(
            [&](const SignedIn& one) { return one.session.subject.sub == *interaction->account; });
        if (!isHere) {
            visit.here.turnAway();
        }
    } else if (!visit.here.beside.empty()) {
        visit.here.turnTo([&](const SignedIn& one) {
            return interaction && !interaction->session.empty()
                       ? one.session.selector == interaction->session
                       : isAskedFor(visit, one) && mayBeTold(visit, one);
        });
    }
    return done();
}

/// By `id_token_hint` or the claims parameter, which say who; or by a `login_hint`.
bool LoginFlow::isAskedFor(const Visit& visit, const SignedIn& one) const {
    const auto& request = visit.request;
    if (!request.subject.empty()) {
        const auto name = nameAskedFor(visit, one.session);
        return name && *name == request.subject;
    }
    const auto spelt = [&](std::string_view login) {
        return parts_.people.spelling(visit.context.issuer, login);
    };
    const auto& hint = request.loginHint;
    return !hint.empty() && hint.size() <= PersonDirectory::longestLogin &&
           (hint == one.person.claims.text("email") || spelt(hint) == spelt(one.person.login));
}

/// Where nobody sees a page, no site hears who is here beside the one in use, unless they allowed
/// it something.
bool LoginFlow::mayBeTold(const Visit& visit, const SignedIn& one) const {
    const Client& client = *visit.request.client;
    if (!visit.request.prompts.none || ConsentService::isImplicit(client)) {
        return true;
    }
    const auto allowed = parts_.consents.find(visit.context, one.session.subject.sub, client);
    return allowed && !allowed->scopes.empty();
}

BrowserAnswer LoginFlow::showAccounts(const Context& context, const HttpRequest& http) const {
    auto open = consider(context, http);
    if (!open) {
        return open.error();
    }
    auto& [visit, decision] = *open;
    return decision.next == Decision::Next::choose
               ? asking_.accounts(ownerOf(visit), visit.here.all())
               : follow(visit, decision);
}

BrowserAnswer LoginFlow::postAccount(const Context& context, const HttpRequest& http,
                                     const Form& form) const {
    auto open = consider(context, http);
    if (!open) {
        return open.error();
    }
    auto& [visit, decision] = *open;
    Interaction& interaction = *visit.interaction;
    const bool isDue = decision.next == Decision::Next::choose;
    if (isDue && !guard_.accepts(context, http, form, interaction.name, interaction.tab())) {
        return asking_.otherBrowser(context.issuer, visit.language);
    }
    auto chosen = isDue ? chosenIn(visit, form) : std::nullopt;
    if (!chosen) {  // signed out meanwhile, or answered: what is due now?
        return follow(visit, decision);
    }
    interaction.startOver();
    interaction.account = *std::move(chosen);
    if (const auto looked = look(visit); !looked) {
        return fail(visit, looked.error());
    }
    interaction.loginHint = visit.here.who ? visit.here.who->person.login : std::string();
    if (visit.here.who) {
        visit.cookies = SessionService::use(context, http, visit.here.who->session.selector);
    }
    return proceed(visit);
}

/// The `sub` of one that the page named; empty: somebody else.
std::optional<std::string> LoginFlow::chosenIn(const Visit& visit, const Form& form) const {
    std::vector<std::string> subs{std::string()};
    for (const auto& one : visit.here.all()) {
        subs.push_back(one.session.subject.sub);
    }
    const auto found = std::find_if(subs.begin(), subs.end(), [&](const std::string& sub) {
        return parts_.host.crypto().equal(form.text("account"),
                                          asking_.accountToken(ownerOf(visit), sub));
    });
    return found == subs.end() ? std::nullopt : std::optional(std::move(*found));
}

}  // namespace gatehouse
