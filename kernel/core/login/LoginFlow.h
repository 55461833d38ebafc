// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/Web.h>
#include <gatehouse/facade/Logins.h>

#include "authorization/AnswerMembers.h"
#include "authorization/AnsweredRequests.h"
#include "authorization/AuthorizationPolicy.h"
#include "authorization/AuthorizationRequestReader.h"
#include "authorization/AuthorizationResponse.h"
#include "authorization/SealedRequests.h"
#include "login/AnswerMaker.h"
#include "login/AnsweredInteractions.h"
#include "login/FormGuard.h"
#include "login/InteractionBook.h"
#include "login/InteractionPages.h"
#include "login/LoginPlan.h"
#include "login/LoginSteps.h"
#include "login/SessionService.h"
#include "page/BrowserAnswer.h"

#include <optional>
#include <string>
#include <vector>

namespace gatehouse {

class AskedSteps;
class ClaimsPolicy;
class ClientDirectory;
class ConsentNotes;
class ConsentService;
class GuessGuard;
class PageBook;
class PromiseBook;
class RequestSources;
class ResourcePolicy;
class ResponseModes;
class ResponseTypes;
class SubjectForms;
class RuleChain;
class TokenBindings;

/// From the authorization request to its answer: who is it, do they agree, here is the code. What
/// needs a person is an interaction with pages of its own; without one the request is answered at
/// once. Threads: any.
class LoginFlow {
public:
    /// All of it outlives the flow.
    struct Parts {
        Host& host;
        ClientDirectory& clients;
        const AnswerMaker& answers;
        PersonDirectory& people;
        const GuessGuard& guesses;
        SessionService& sessions;
        ConsentService& consents;
        const ConsentNotes& consentNotes;
        const PageBook& pages;
        const ClaimsPolicy& claims;
        const ResourcePolicy& resources;
        const RequestSources& sources;
        const RuleChain& rules;
        const ResponseModes& modes;
        const ResponseTypes& types;
        const SubjectForms& subjects;
        const AnswerMembers& members;
        const TokenBindings& bindings;
        PromiseBook& promises;
        const AskedSteps& askedSteps;
        seconds codeLifetime;
        LoginPlan plan = {};
    };
    LoginFlow(const Parts& parts, seconds interactionLifetime);

    /// The authorization request (RFC 6749 section 4.1.1).
    BrowserAnswer authorize(const Context& context, const HttpRequest& http,
                            const Form& form) const;
    /// A promise (Requests::decide()).
    BrowserAnswer decide(const Context& context, const HttpRequest& http,
                         std::string_view reference) const;

    /// What a page of the server's own demands (Logins::signIn()); nullopt: it is met.
    std::optional<BrowserAnswer> signIn(const Context& context, const HttpRequest& http,
                                        const SignInDemand& demand, std::string_view path) const;

    // The pages of an interaction, which the path parameter "id" names; "post" takes the page's
    // form.
    BrowserAnswer showLogin(const Context& context, const HttpRequest& http) const;
    BrowserAnswer postLogin(const Context& context, const HttpRequest& http,
                            const Form& form) const;
    /// A browser that a login step had sent elsewhere; `query` has the `state` it was given.
    BrowserAnswer comeBack(const Context& context, const HttpRequest& http,
                           const Form& query) const;
    BrowserAnswer showConsent(const Context& context, const HttpRequest& http) const;
    BrowserAnswer postConsent(const Context& context, const HttpRequest& http,
                              const Form& form) const;
    /// Which of those who are signed in here?
    BrowserAnswer showAccounts(const Context& context, const HttpRequest& http) const;
    BrowserAnswer postAccount(const Context& context, const HttpRequest& http,
                              const Form& form) const;
    BrowserAnswer postCancel(const Context& context, const HttpRequest& http,
                             const Form& form) const;
    /// Begins a request again whose pages were open for too long.
    BrowserAnswer restart(const Context& context, const HttpRequest& http) const;

    /// `acr` values a login can reach with the steps that are enabled.
    std::vector<std::string> acrValues() const;

private:
    /// Everything known about the request in hand.
    struct Visit {
        const Context& context;
        const HttpRequest& http;
        FoundRequest came;
        AuthorizationRequest request;
        std::string language;
        PeopleHere here;  ///< its `who` is whom the answer would be about
        std::optional<Interaction> interaction;
        std::vector<Cookie> cookies;  ///< to set with the answer
        Batch writes;  ///< durable before the answer
        std::vector<Event> events;  ///< published with it
        bool hasConsented = false;  ///< just now: to be remembered with the code
        std::optional<Expect> consented = {};  ///< before, and what is answered rests on it
        bool isAnswered = false;  ///< good once, and the same form was sent twice
    };

    BrowserAnswer accept(const Context& context, const HttpRequest& http, FoundRequest came) const;
    const std::string& languageOf(const Context& context, const HttpRequest& http,
                                  const Form& form) const;
    Result<Visit, BrowserAnswer> read(const Context& context, const HttpRequest& http,
                                      FoundRequest came,
                                      std::optional<Interaction> interaction) const;
    Result<Visit, BrowserAnswer> goOn(const Context& context, const HttpRequest& http,
                                      InteractionBook::Found found) const;
    Result<FoundRequest, BrowserAnswer> cameOf(const Context& context, const HttpRequest& http,
                                               const InteractionBook::Found& found) const;
    Result<std::optional<FoundRequest>> findAgain(const Context& context, FoundRequest known) const;
    Result<std::optional<FoundRequest>> promised(const Context& context,
                                                 const KeptRequest& kept) const;
    std::optional<BrowserAnswer> refuseAnswered(Visit& visit) const;
    std::optional<BrowserAnswer> refuseDecided(Visit& visit) const;
    std::optional<BrowserAnswer> decideFirst(Visit& visit) const;
    Status askForPerson(const Context& context, AuthorizationRequest& request) const;
    static bool mayDecide(const Visit& visit);
    Status look(Visit& visit) const;
    ValueMap consentDetails(const Visit& visit, const ScopeSet& asked) const;
    bool isAskedFor(const Visit& visit, const SignedIn& one) const;
    bool mayBeTold(const Visit& visit, const SignedIn& one) const;
    std::optional<std::string> chosenIn(const Visit& visit, const Form& form) const;
    BrowserAnswer refuse(const Context& context, const HttpRequest& http, const Form& form,
                         const Refusal& refusal) const;
    Result<Visit, BrowserAnswer> resume(const Context& context, const HttpRequest& http) const;
    Result<Visit, BrowserAnswer> resume(const Context& context, const HttpRequest& http,
                                        const Form& form) const;

    /// An interaction's page was asked for, or its form came: what is due now?
    struct Considered {
        Visit visit;
        Decision decision;
    };
    Result<Considered, BrowserAnswer> consider(const Context& context,
                                               const HttpRequest& http) const;
    static Result<AuthorizationRequest, Refusal> ownRequest(const Context& context,
                                                            const Form& form);
    static bool isOwn(const Visit& visit) { return visit.request.isOwn(); }
    Result<std::string> wantedAcr(const Visit& visit) const;
    static void askForUsed(Visit& visit);
    BrowserAnswer success(const Visit& visit, std::vector<Form::Field> parameters) const;
    static BrowserAnswer goBack(const Visit& visit, std::string_view error);
    static void raise(Interaction& interaction, const Session& session);
    Result<std::string> nameAskedFor(const Visit& visit, const Session& session) const;
    Result<Decision> decide(Visit& visit) const;
    Status readConsent(Visit& visit, const Session& session, Situation& situation) const;
    BrowserAnswer proceed(Visit& visit) const;
    BrowserAnswer follow(Visit& visit, const Decision& decision) const;
    BrowserAnswer goToPage(Visit& visit, std::string_view page) const;
    void begin(Visit& visit) const;
    BrowserAnswer goToLogin(Visit& visit, const Decision& decision) const;
    BrowserAnswer askLogin(Visit& visit, std::string_view message) const;
    BrowserAnswer go(Visit& visit, const LoginOutcome& outcome, std::string_view message) const;
    BrowserAnswer signIn(Visit& visit, const FoundUser& person) const;
    Status rememberBrowser(Visit& visit) const;
    Result<bool> write(Visit& visit, const ScopeSet& scopes, const AnswerMaker::Answer& answer,
                       Batch batch) const;
    BrowserAnswer answerAll(Visit& visit, const ScopeSet& scopes) const;
    std::optional<BrowserAnswer> answerOnce(Visit& visit, const ScopeSet& scopes) const;
    std::optional<BrowserAnswer> lookAgain(Visit& visit) const;
    std::optional<BrowserAnswer> decideAgain(Visit& visit) const;
    std::optional<BrowserAnswer> answerAgain(Visit& visit, std::string_view sub) const;
    BrowserAnswer answerError(Visit& visit, const OAuthError& error) const;
    /// `by` can answer it again.
    void noteAnswer(const Visit& visit, std::string_view by, Batch& batch) const;
    BrowserAnswer end(Visit& visit, BrowserAnswer answer) const;
    Status catchUp(Visit& visit) const;
    Status flush(Visit& visit) const;
    BrowserAnswer leave(Visit& visit, BrowserAnswer answer) const;
    BrowserAnswer fail(const Visit& visit, const Error& error) const;
    BrowserAnswer unusable(const Context& context, const HttpRequest& http,
                           const InteractionBook::Found& found) const;

    AuthorizationResponse responseTo(const Visit& visit) const {
        return {
            visit.context,  visit.http,   visit.request.replyTo,           *visit.request.client,
            visit.language, parts_.modes, {&parts_.members, sidsOf(visit)}};
    }
    std::string sidsOf(const Visit& visit) const {
        return parts_.members.empty() ? std::string() : visit.here.sids();
    }
    static bool isFor(const Visit& visit, const Decision& decision);
    static bool hasLostSession(const Visit& visit);
    static bool isOpenedFor(const Visit& visit);
    static InteractionPages::Owner ownerOf(const Visit& visit);
    static LoginTurn turnOf(Visit& visit);
    static void note(Visit& visit, std::string_view type, ValueMap details = {});

    Parts parts_;
    FormGuard guard_;
    InteractionBook interactions_;
    AnsweredRequests answered_;
    AnsweredInteractions given_;
    InteractionPages asking_;
    KnownBrowser browsers_;
    RememberedBrowsers remembered_;
    LoginSteps steps_;
    SealedRequests sealed_;
    AuthorizationRequestReader reader_;
};

}  // namespace gatehouse
