// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include "LoginFakes.h"
#include "authorization/AnswerMembers.h"
#include "authorization/ConsentNotes.h"
#include "authorization/RequestSources.h"
#include "authorization/ResponseModes.h"
#include "authorization/ResponseTypes.h"
#include "authorization/RuleChain.h"
#include "client/ClientDirectory.h"
#include "client/ClientRules.h"
#include "crypto/KeyedCrypto.h"
#include "job/OwnJobs.h"
#include "limit/RateLimiter.h"
#include "login/AnswerMaker.h"
#include "login/AskedSteps.h"
#include "login/ConsentService.h"
#include "login/LoginFlow.h"
#include "login/PasswordCheck.h"
#include "login/PersonDirectory.h"
#include "login/SessionEnds.h"
#include "login/SessionService.h"
#include "page/PageBook.h"
#include "store/Handle.h"
#include "text/FormText.h"
#include "token/ClaimsPolicy.h"
#include "token/ClaimsSources.h"
#include "token/FamilyBook.h"
#include "token/PromiseBook.h"
#include "token/ResourcePolicy.h"
#include "token/ResponseForms.h"
#include "token/RevocationSet.h"
#include "token/TicketBook.h"
#include "token/TokenBindings.h"
#include "token/TokenFormats.h"
#include "token/TokenIssuer.h"
#include "token/TokenNotes.h"

#include <map>
#include <stdexcept>
#include <string>

namespace gatehouse {

/// A user agent: keeps cookies, and nothing else.
class FakeBrowser {
public:
    HttpRequest request(const std::string& interaction = {}, std::string method = "GET") const {
        HttpRequest request;
        request.method = std::move(method);
        request.remoteAddress = address;
        std::string jar;
        for (const auto& [name, value] : cookies) {
            jar += (jar.empty() ? "" : "; ") + name + "=" + value;
        }
        request.headers = {{"cookie", jar}};
        request.parameters = {{"id", interaction}};
        return request;
    }
    void take(const BrowserAnswer& answer) { take(answer.cookies); }
    void take(const std::vector<Cookie>& given) {
        for (const auto& cookie : given) {
            if (cookie.lifetime.count() < 0) {
                cookies.erase(cookie.name);
            } else {
                cookies[cookie.name] = cookie.value;
            }
        }
    }

    std::map<std::string, std::string> cookies;
    std::string address = "192.0.2.1";
};

/// Those in share/, read once.
const PageBook& stockPages();

/// A host that knows its stores and steps before the services ask for them.
struct LoginPlugins {
    LoginPlugins() {
        host.use(crypto);
        host.add<UserStore>("people", users);
        host.add<LoginStep>("password", passwordStep);
        host.add<LoginStep>("number", number);
        host.add<AuthorizationRule>("loyalty", loyalty);
        host.add<RequestSource>("shelf", shelf);
        host.add<LoginStep>("key", key);
        host.add<LoginStep>("newcomer", newcomer);
        host.add<TokenFormat>("none", noTokens);
    }

    testkit::FakeHost host;
    KeyedCrypto crypto{Secret("a root secret of at least 32 bytes")};
    FakeUsers users;
    FakePassword passwordStep{users, "people"};
    FakeNumber number;
    FakeLoyalty loyalty;
    FakeShelf shelf;
    FakeKey key{users};
    FakeNewcomer newcomer{users};
    NoTokens noTokens;
    FakeTeller teller;
};

/// The whole login over fakes: storage, people and clock are the test's.
struct LoginBed : LoginPlugins {
    static constexpr const char* challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    explicit LoginBed(LoginPlan asked = {}, bool isExpiryTold = false)
        : plan(std::move(asked)), lifetimes{seconds{43200}, seconds{7200}, isExpiryTold} {
        users.add("ada", {{"name", "Ada Lovelace"}, {"email", "ada@people.example"}});
        users.add("grace");
    }

    // What a person does

    BrowserAnswer authorizeFromShelf(FakeBrowser& browser, const std::string& more = {}) {
        const auto sent =
            *parseForm("client_id=site&request_uri=urn%3Ashelf%3A1&state=sent" + more);
        auto answer = flow.authorize(context, browser.request(), sent);
        browser.take(answer);
        return answer;
    }
    BrowserAnswer authorize(FakeBrowser& browser, const std::string& changes = {}) {
        const auto answer = flow.authorize(context, browser.request(), request(changes));
        browser.take(answer);
        return answer;
    }
    /// Follows the redirects among our own pages.
    BrowserAnswer follow(FakeBrowser& browser, BrowserAnswer answer) {
        while (answer.location.rfind("/interaction/", 0) == 0) {
            answer = open(browser, answer.location);
        }
        return answer;
    }
    BrowserAnswer open(FakeBrowser& browser, const std::string& location) {
        const auto [id, page] = split(location);
        const auto http = browser.request(id);
        auto answer = page == "login"     ? flow.showLogin(context, http)
                      : page == "account" ? flow.showAccounts(context, http)
                      : page == "consent" ? flow.showConsent(context, http)
                      : page == "restart" ? flow.restart(context, http)
                                          : throw std::logic_error("no page " + page);
        browser.take(answer);
        return answer;
    }
    BrowserAnswer post(FakeBrowser& browser, const std::string& location,
                       std::vector<Form::Field> fields) {
        const auto [id, page] = split(location);
        const auto http = browser.request(id, "POST");
        const Form form(std::move(fields));
        auto answer = page == "login"     ? flow.postLogin(context, http, form)
                      : page == "account" ? flow.postAccount(context, http, form)
                      : page == "consent" ? flow.postConsent(context, http, form)
                      : page == "cancel"  ? flow.postCancel(context, http, form)
                                          : throw std::logic_error("no form " + page);
        browser.take(answer);
        return answer;
    }
    BrowserAnswer logIn(FakeBrowser& browser, const BrowserAnswer& shown, const std::string& login,
                        const std::string& password = "secret") {
        return post(browser, actionOf(shown),
                    {{"csrf", csrfOf(shown)}, {"username", login}, {"password", password}});
    }
    /// Presses the button of the person with this login, or that of somebody else: "".
    BrowserAnswer choose(FakeBrowser& browser, const BrowserAnswer& shown,
                         const std::string& login) {
        return post(browser, actionOf(shown),
                    {{"csrf", csrfOf(shown)}, {"account", tokenOf(shown, login)}});
    }
    BrowserAnswer decide(FakeBrowser& browser, const BrowserAnswer& shown,
                         const std::string& decision) {
        return post(browser, actionOf(shown), {{"csrf", csrfOf(shown)}, {"decision", decision}});
    }
    /// The whole way, allowing what is asked.
    BrowserAnswer journey(FakeBrowser& browser, const std::string& changes = {},
                          const std::string& login = "ada") {
        auto answer = follow(browser, authorize(browser, changes));
        if (answer.page.name == "login") {
            answer = follow(browser, logIn(browser, answer, login));
        }
        if (answer.page.name == "consent") {
            answer = decide(browser, answer, "allow");
        }
        return answer;
    }

    /// Who the browser used.
    Result<std::vector<Cookie>> signOut(const FakeBrowser& browser) {
        const auto who = sessions.find(context, browser.request());
        return who ? sessions.end(context, browser.request(),
                                  {*who ? (*who)->session.authentication.sessionId : ""})
                   : who.error();
    }

    // What came of it

    static std::string actionOf(const BrowserAnswer& shown) {
        return std::string(shown.page.values.text("action"));
    }
    static std::string csrfOf(const BrowserAnswer& shown) {
        return std::string(shown.page.values.text("csrf"));
    }
    static std::string tokenOf(const BrowserAnswer& shown, const std::string& login) {
        const auto& values = shown.page.values;
        for (const auto& account : *values.find("accounts")->list()) {
            if (account.map()->text("login") == login) {
                return std::string(account.map()->text("token"));
            }
        }
        return std::string(values.text("another"));
    }
    static Form back(const BrowserAnswer& answer) {
        const std::string site = "https://site.example/cb?";
        if (answer.location.rfind(site, 0) != 0) {
            return {};
        }
        return *parseForm(std::string_view(answer.location).substr(site.size()));
    }
    /// What the code of an answer stands for; nullopt when there is none, or it does not open.
    std::optional<Authorization> redeem(const BrowserAnswer& answer,
                                        const std::string& clientId = "site") {
        const auto client = *directory.find(context, clientId);
        const Form form({{"redirect_uri", "https://site.example/cb"},
                         {"code_verifier", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"}});
        auto opened = tickets.open(context, TicketKind::authorizationCode, *client, form,
                                   back(answer).text("code"));
        return opened ? std::optional(opened->authorization) : std::nullopt;
    }

    static Form request(const std::string& changes) {
        std::map<std::string, std::string> fields{{"client_id", "site"},
                                                  {"redirect_uri", "https://site.example/cb"},
                                                  {"response_type", "code"},
                                                  {"scope", "openid email"},
                                                  {"state", "st"},
                                                  {"nonce", "n"},
                                                  {"code_challenge", challenge},
                                                  {"code_challenge_method", "S256"}};
        const auto changed = parseForm(changes);
        for (const auto& [name, value] : changed->fields()) {
            fields[name] = value;
        }
        return Form(std::vector<Form::Field>(fields.begin(), fields.end()));
    }
    static std::vector<Client> clients() {
        Client site;
        site.id = "site";
        site.name = "The Site";
        site.authMethod = "client_secret_basic";
        site.redirectUris = {"https://site.example/cb"};
        site.grantTypes = {"authorization_code", "refresh_token"};
        site.scopes = ScopeSet::parse("openid email phone offline_access notes.read");
        Client vouched = site;
        vouched.id = "vouched";
        vouched.metadata = {{"consent", "implicit"}};
        Client other = site;
        other.id = "other";
        return {site, vouched, other};
    }

    static std::pair<std::string, std::string> split(const std::string& location) {
        const std::string prefix = "/interaction/";
        const auto end = location.find('/', prefix.size());
        return {location.substr(prefix.size(), end - prefix.size()), location.substr(end + 1)};
    }

    LoginPlan plan;
    std::vector<Client> registered = clients();
    testkit::FakeContext fakeContext;
    Context context = fakeContext;
    HandleMaker handles{host.clock(), host.random()};
    ClientRules clientRules;
    ClientDirectory directory{
        host, clientRules, [] { return true; },
        [this](IssuerId) { return std::make_shared<const std::vector<Client>>(registered); }};
    RevocationSet revocations;
    const Lifetimes tokenLifetimes;
    FamilyBook families{host, revocations, tokenLifetimes};
    PromiseBook promises{host, handles, [] { return true; }};
    TicketBook tickets{host, handles, families, promises, tokenLifetimes};
    PersonDirectory people{host};
    RateLimiter limits{host.clock(), RateLimits{}, host.log(), host.metrics()};
    GuessGuard guesses{host, people, limits};
    PasswordCheck passwords{host, people, guesses};
    JobBook jobBook{host.records(), host.clock(), host.random()};
    JobHandlers jobHandlers;
    JobRunner jobRunner{
        jobBook, jobHandlers, {host.clock(), host.random(), host.log(), host.metrics()}, {}};
    SessionEnds ends{
        {host, directory, families, {jobBook, jobHandlers, jobRunner}, clientRules.subjects()},
        TokensAtEnd::online,
        {{"teller", &teller}},
        {{"teller", {"client_metadata_rule.teller", "teller"}}}};
    const SessionLifetimes lifetimes;
    SessionService sessions{{host, handles, people, ends, {jobBook, jobHandlers, jobRunner}},
                            lifetimes};
    ConsentService consents{host};
    ConsentNotes consentNotes{host};
    ClaimsPolicy claims;
    const RequestSources sources{host, host.all<RequestSource>()};
    const RuleChain rules{host, {"loyalty"}};
    const ResponseModes modes{host, {}};
    const AnswerMembers members{host, {}};
    const ResponseTypes types{host, {}, true};
    const ClaimsSources claimsSources{host, {}};
    const ResponseForms forms{host, {}};
    const TokenFormats formats{host, {{"none", {"token_format.none", "none"}}}};
    const TokenNotes tokenNotes{host, {}};
    const ResourcePolicy resources{host, {}, "", true};
    const TokenIssuer issuer{host,      handles, tickets,       families, tokenLifetimes,
                             resources, claims,  claimsSources, forms,    clientRules.subjects(),
                             true,      formats, tokenNotes};
    const TokenBindings bindings{{}};
    const AskedSteps askedSteps{host.all<LoginStep>(), host.all<UserStore>(), plan};
    const AnswerMaker answers{{host.records(), handles, tickets, issuer, bindings, claims, limits}};
    LoginFlow flow{{host,         directory, answers,   people,
                    guesses,      sessions,  consents,  consentNotes,
                    stockPages(), claims,    resources, sources,
                    rules,        modes,     types,     clientRules.subjects(),
                    members,      bindings,  promises,  askedSteps,
                    seconds{60},  plan},
                   seconds{900}};
};

}  // namespace gatehouse
