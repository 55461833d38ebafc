// SPDX-License-Identifier: Apache-2.0
#include "login/LoginFlow.h"

#include "authorization/ConsentNotes.h"
#include "client/ClientDirectory.h"
#include "client/SubjectForms.h"
#include "json/Members.h"
#include "login/BrowserWords.h"
#include "login/ConsentService.h"
#include "page/PageBook.h"

namespace gatehouse {

namespace {

constexpr std::string_view accountPage = "account";
constexpr std::string_view consentPage = "consent";

}  // namespace

LoginFlow::LoginFlow(const Parts& parts, seconds interactionLifetime)
    : parts_(parts), guard_(parts.host), interactions_(parts.host, guard_, interactionLifetime),
      answered_(parts.host, interactionLifetime + InteractionBook::restartable),
      given_(parts.host, parts.sessions, interactionLifetime, parts.codeLifetime),
      asking_(parts.pages, guard_), browsers_(parts.host), remembered_(parts.host),
      steps_(parts.host, parts.people, parts.guesses, parts.plan), sealed_(parts.host),
      reader_({parts.clients, parts.host.jose(), parts.claims, parts.sources, parts.rules,
               parts.modes, parts.types, parts.bindings, parts.resources, parts.askedSteps}) {}

BrowserAnswer LoginFlow::authorize(const Context& context, const HttpRequest& http,
                                   const Form& form) const {
    auto found = reader_.find(context, http, form);
    return found ? accept(context, http, *std::move(found))
                 : refuse(context, http, form, found.error());
}

BrowserAnswer LoginFlow::accept(const Context& context, const HttpRequest& http,
                                FoundRequest came) const {
    auto visit = read(context, http, std::move(came), {});
    return visit ? proceed(*visit) : visit.error();
}

BrowserAnswer LoginFlow::showConsent(const Context& context, const HttpRequest& http) const {
    auto open = consider(context, http);
    if (!open) {
        return open.error();
    }
    auto& [visit, decision] = *open;
    if (decision.next != Decision::Next::consent) {
        return follow(visit, decision);
    }
    auto noted = parts_.consentNotes.shown(visit.request.notes, visit.language);
    return noted ? asking_.consent(ownerOf(visit), *visit.here.who,
                                   AuthorizationPolicy::toAllow(visit.request, decision.scopes),
                                   *std::move(noted))
                 : fail(visit, noted.error());
}

BrowserAnswer LoginFlow::postConsent(const Context& context, const HttpRequest& http,
                                     const Form& form) const {
    auto open = consider(context, http);
    if (!open) {
        return open.error();
    }
    auto& [visit, decision] = *open;
    if (decision.next != Decision::Next::consent) {
        return follow(visit, decision);
    }
    const auto asked = AuthorizationPolicy::toAllow(visit.request, decision.scopes);
    const auto purpose =
        InteractionPages::consentPurpose(*visit.interaction, *visit.here.who, asked);
    // Another person, or other scopes than the page showed: they are asked themselves.
    if (!guard_.accepts(context, http, form, purpose, visit.interaction->tab())) {
        return follow(visit, decision);
    }
    const auto details = consentDetails(visit, asked);
    if (form.text("decision") != "allow") {
        note(visit, "consent.denied", details);
        return answerError(
            visit, OAuthError::of(OAuthCode::accessDenied, "The person denied the request"));
    }
    visit.hasConsented = true;
    note(visit, "consent.granted", details);
    return answerAll(visit, decision.scopes);
}

/// What was asked for, as audit events tell it.
ValueMap LoginFlow::consentDetails(const Visit& visit, const ScopeSet& asked) const {
    ValueMap details{{"scope", asked.text()}};
    if (!visit.request.resources.empty()) {
        details.set("resource", listOfTexts(visit.request.resources));
    }
    for (const auto& [name, kinds] : parts_.consentNotes.kinds(visit.request.notes)) {
        details.set(name, kinds);
    }
    return details;
}

BrowserAnswer LoginFlow::postCancel(const Context& context, const HttpRequest& http,
                                    const Form& form) const {
    auto visit = resume(context, http, form);
    if (!visit) {
        return visit.error();
    }
    note(*visit, "login.canceled");
    return answerError(*visit,
                       OAuthError::of(OAuthCode::accessDenied, "The person canceled the login"));
}

BrowserAnswer LoginFlow::restart(const Context& context, const HttpRequest& http) const {
    const auto found = interactions_.find(context, http);
    if (!found.isOfThisBrowser()) {
        return unusable(context, http, found);
    }
    auto came = cameOf(context, http, found);
    return came ? accept(context, http, *std::move(came)) : came.error();
}

std::vector<std::string> LoginFlow::acrValues() const {
    return steps_.reachable().all();
}

Result<LoginFlow::Visit, BrowserAnswer>
LoginFlow::read(const Context& context, const HttpRequest& http, FoundRequest came,
                std::optional<Interaction> interaction) const {
    auto request = came.kept.isOwn ? ownRequest(context, came.form)
                   : came.promise
                       ? reader_.readPromised(context, http, came.form, std::move(came.notes),
                                              context.issuer.url + came.promise->returnPath)
                       : reader_.read(context, http, came.form, std::move(came.notes));
    if (!request) {
        return refuse(context, http, came.form, request.error());
    }
    request->promise = std::move(came.promise);
    if (const auto asked = askForPerson(context, *request); !asked) {
        return refuse(context, http, came.form, {OAuthError::from(asked.error()), {}, {}});
    }
    const auto& language = languageOf(context, http, came.form);
    Visit visit{context,  http, std::move(came),        std::move(*request),
                language, {},   std::move(interaction), {},
                {},       {}};
    if (auto refused = refuseAnswered(visit)) {
        return *std::move(refused);
    }
    if (const auto looked = look(visit); !looked) {
        return fail(visit, looked.error());
    }
    if (auto refused = refuseDecided(visit)) {
        return *std::move(refused);
    }
    return visit;
}

/// A request that is good once has its answer; but a button that is pressed twice gets it again.
std::optional<BrowserAnswer> LoginFlow::refuseAnswered(Visit& visit) const {
    if (visit.came.once.name.empty()) {
        return std::nullopt;
    }
    const auto by = answered_.find(visit.context, visit.came.once);
    if (!by) {
        return fail(visit, by.error());
    }
    visit.isAnswered = by->has_value();
    if (!visit.isAnswered || (visit.interaction && **by == visit.interaction->name)) {
        return std::nullopt;
    }
    return leave(visit, responseTo(visit).error(OAuthError::of(OAuthCode::invalidRequestUri,
                                                               "The request was answered before")));
}

BrowserAnswer LoginFlow::refuse(const Context& context, const HttpRequest& http, const Form& form,
                                const Refusal& refusal) const {
    const auto& [error, replyTo, client] = refusal;
    const auto& language = languageOf(context, http, form);
    parts_.host.log().write(context, levelOf(error),
                            "authorization request refused: " + error.description,
                            {{"client", form.text("client_id")}, {"detail", error.detail}});
    return replyTo ? AuthorizationResponse(context, http, *replyTo, *client, language, parts_.modes)
                         .error(error)
                   : PageRenderer::error(language, error);
}

const std::string& LoginFlow::languageOf(const Context& context, const HttpRequest& http,
                                         const Form& form) const {
    return parts_.pages.of(context.issuer).language(form.text("ui_locales"), http);
}

Result<LoginFlow::Visit, BrowserAnswer> LoginFlow::resume(const Context& context,
                                                          const HttpRequest& http) const {
    auto found = interactions_.find(context, http);
    if (found.state != InteractionBook::State::good) {
        return unusable(context, http, found);
    }
    return goOn(context, http, std::move(found));
}

Result<LoginFlow::Visit, BrowserAnswer> LoginFlow::goOn(const Context& context,
                                                        const HttpRequest& http,
                                                        InteractionBook::Found found) const {
    auto came = cameOf(context, http, found);
    return came ? read(context, http, *std::move(came), std::move(found.interaction))
                : Result<Visit, BrowserAnswer>(came.error());
}

Result<FoundRequest, BrowserAnswer> LoginFlow::cameOf(const Context& context,
                                                      const HttpRequest& http,
                                                      const InteractionBook::Found& found) const {
    const auto& known = found.interaction;
    auto came = findAgain(context, {Form(known.request), known.notes, known.once, known.at});
    if (!came) {
        parts_.host.log().write(context, Level::error,
                                "authorization request not read again: " + came.error().detail);
        return asking_.unavailable(context.issuer, languageOf(context, http, {}));
    }
    return *came ? Result<FoundRequest, BrowserAnswer>(**std::move(came))
                 : unusable(context, http, {InteractionBook::State::unknown, false, known});
}

Result<LoginFlow::Visit, BrowserAnswer>
LoginFlow::resume(const Context& context, const HttpRequest& http, const Form& form) const {
    auto visit = resume(context, http);
    if (visit &&
        !guard_.accepts(context, http, form, visit->interaction->name, visit->interaction->tab())) {
        return asking_.otherBrowser(context.issuer, visit->language);
    }
    return visit;
}

Result<LoginFlow::Considered, BrowserAnswer> LoginFlow::consider(const Context& context,
                                                                 const HttpRequest& http) const {
    auto visit = resume(context, http);
    if (!visit) {
        return visit.error();
    }
    auto decision = decide(*visit);
    if (!decision) {
        return fail(*visit, decision.error());
    }
    return Considered{std::move(*visit), std::move(*decision)};
}

/// Was the session in hand opened by a login for this very request?
bool LoginFlow::isOpenedFor(const Visit& visit) {
    return visit.interaction && visit.interaction->session == visit.here.who->session.selector;
}

/// Of who is there, as the client knows them; empty where it asks for nobody.
Result<std::string> LoginFlow::nameAskedFor(const Visit& visit, const Session& session) const {
    return visit.request.subject.empty()
               ? std::string()
               : parts_.subjects.told(visit.context, *visit.request.client, session.subject);
}

Result<Decision> LoginFlow::decide(Visit& visit) const {
    Situation situation;
    std::string sub;
    situation.now = parts_.host.clock().now();
    auto wanted = wantedAcr(visit);
    if (!wanted) {
        return wanted.error();
    }
    situation.wantedAcr = *std::move(wanted);
    situation.needsNoConsent = ConsentService::isImplicit(*visit.request.client);
    situation.isChosen = visit.interaction && visit.interaction->account &&
                         (visit.here.who || visit.interaction->account->empty());
    situation.hasOthers = !visit.here.beside.empty();
    if (visit.here.who) {
        const Session& session = visit.here.who->session;
        situation.authentication = &session.authentication;
        auto told = nameAskedFor(visit, session);
        if (!told) {
            return told.error();
        }
        sub = *std::move(told);
        situation.subject = sub;
        // "Back" after the answer is no login; a button that is pressed twice is the same one.
        const bool mayAnswer = !session.isAnswered || visit.http.method == "POST";
        situation.isFresh = mayAnswer && isOpenedFor(visit);
        if (const auto read = readConsent(visit, session, situation); !read) {
            return read.error();
        }
    }
    return AuthorizationPolicy::decide(visit.request, situation);
}

/// What this person allowed before.
Status LoginFlow::readConsent(Visit& visit, const Session& session, Situation& situation) const {
    auto allowed = parts_.consents.find(visit.context, session.subject.sub, *visit.request.client);
    if (!allowed) {
        return allowed.error();
    }
    const auto covered = parts_.consentNotes.areCovered(allowed->notes, visit.request.notes);
    if (!covered) {
        return covered.error();
    }
    situation.consented = std::move(allowed->scopes);
    situation.isAllConsented =
        *covered && allowed->covers(AuthorizationPolicy::resourcesToAllow(visit.request));
    visit.consented = situation.needsNoConsent ? std::nullopt : std::move(allowed->still);
    return done();
}

BrowserAnswer LoginFlow::proceed(Visit& visit) const {
    const auto decision = decide(visit);
    if (!decision) {
        return fail(visit, decision.error());
    }
    return follow(visit, *decision);
}

BrowserAnswer LoginFlow::follow(Visit& visit, const Decision& decision) const {
    switch (decision.next) {
    case Decision::Next::login: return goToLogin(visit, decision);
    case Decision::Next::choose: return goToPage(visit, accountPage);
    case Decision::Next::consent: return goToPage(visit, consentPage);
    case Decision::Next::answer: return answerAll(visit, decision.scopes);
    case Decision::Next::refuse: break;
    }
    return answerError(visit, decision.error);
}

void LoginFlow::begin(Visit& visit) const {
    if (!visit.interaction) {
        auto begun =
            interactions_.begin(visit.context, visit.http, visit.came, visit.request.notes);
        visit.interaction = std::move(begun.interaction);
        visit.cookies = std::move(begun.cookies);
        if (const auto& step = visit.request.prompts.step; !step.empty()) {
            visit.interaction->chosen = step;
            visit.interaction->account = std::string();  // beside whoever is signed in
        }
    }
}

BrowserAnswer LoginFlow::goToPage(Visit& visit, std::string_view page) const {
    begin(visit);
    if (auto renewed = interactions_.renew(visit.context, *visit.interaction); !renewed) {
        if (!visit.interaction->id.empty()) {
            return fail(visit, renewed.error());
        }
        visit.interaction.reset();
        return answerError(visit,
                           OAuthError::of(OAuthCode::invalidRequest, "The request is too long",
                                          renewed.error().detail));
    }
    return leave(visit,
                 BrowserAnswer::goTo(visit.interaction->path(visit.context.issuer).append(page)));
}

/// Before there is an interaction the client is told; a person in the middle of one can try the
/// page again.
BrowserAnswer LoginFlow::fail(const Visit& visit, const Error& error) const {
    parts_.host.log().write(visit.context, Level::error,
                            "authorization request not answered: " + error.detail,
                            {{"client", visit.request.client->id}});
    if (visit.interaction || isOwn(visit)) {
        return asking_.unavailable(visit.context.issuer, visit.language);
    }
    return responseTo(visit).error(OAuthError::from(error));
}

BrowserAnswer LoginFlow::unusable(const Context& context, const HttpRequest& http,
                                  const InteractionBook::Found& found) const {
    const Form request(found.interaction.request);
    const auto client = parts_.clients.find(context, request.text("client_id"));
    return asking_.unusable(context, http, found, client ? client->get() : nullptr);
}

LoginTurn LoginFlow::turnOf(Visit& visit) {
    return {visit.context, visit.http, visit.request, *visit.interaction, visit.language};
}

InteractionPages::Owner LoginFlow::ownerOf(const Visit& visit) {
    return {visit.context, visit.http, visit.request, *visit.interaction, visit.language};
}

void LoginFlow::note(Visit& visit, std::string_view type, ValueMap details) {
    Event event;
    event.type = type;
    event.clientId = visit.request.client->id;
    event.subject = visit.here.who ? visit.here.who->session.subject.sub : std::string{};
    event.remoteAddress = visit.http.remoteAddress;
    event.details = std::move(details);
    if (isOwn(visit)) {
        event.details.set("page", visit.request.page());
    }
    tellBrowser(visit.http, event.details);
    visit.events.push_back(std::move(event));
}

}  // namespace gatehouse
