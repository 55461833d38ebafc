// SPDX-License-Identifier: Apache-2.0
#include "Services.h"

#include <gatehouse/point/AnswerMember.h>
#include <gatehouse/point/ClaimsSource.h>
#include <gatehouse/point/ClientSource.h>
#include <gatehouse/point/Grant.h>
#include <gatehouse/point/KeyStore.h>

#include "authorization/AnswerMembers.h"
#include "authorization/ConsentNotes.h"
#include "authorization/RequestCheck.h"
#include "authorization/RequestSources.h"
#include "authorization/ResponseModes.h"
#include "authorization/ResponseTypes.h"
#include "authorization/RuleChain.h"
#include "client/ClientAuthenticator.h"
#include "client/ClientDirectory.h"
#include "client/ClientEditor.h"
#include "client/ClientRules.h"
#include "client/SourcedClients.h"
#include "client/StaticClients.h"
#include "limit/RateLimiter.h"
#include "login/AnswerMaker.h"
#include "login/AskedSteps.h"
#include "login/ConsentService.h"
#include "login/GuessGuard.h"
#include "login/LoginFlow.h"
#include "login/PasswordCheck.h"
#include "login/PersonDirectory.h"
#include "login/SessionEnds.h"
#include "login/SessionService.h"
#include "metadata/ServerMetadata.h"
#include "page/PageBook.h"
#include "store/ChangeFeed.h"
#include "store/Handle.h"
#include "store/IssuerOpener.h"
#include "token/ClaimSettings.h"
#include "token/ClaimsSources.h"
#include "token/FamilyBook.h"
#include "token/IntrospectionForms.h"
#include "token/PromiseBook.h"
#include "token/ResourcePolicy.h"
#include "token/ResponseForms.h"
#include "token/RevocationSet.h"
#include "token/TicketBook.h"
#include "token/TokenBindings.h"
#include "token/TokenExchange.h"
#include "token/TokenInspector.h"
#include "token/TokenIssuer.h"
#include "token/TokenNotes.h"

#include <algorithm>
#include <optional>
#include <stdexcept>

namespace gatehouse {

struct Services::Parts {
    Parts(Host& host, const ProcessServices& process, const OAuthSettings& settings,
          const PageBook* pages, ClientDirectory::StaticClients::Make clientsOfFiles)
        : lifetimes(settings.lifetimes, process.lifetimes), opener(host, process.issuers),
          handles(host.clock(), host.random()), clientRules(host.all<ClientMetadataRule>()),
          clients(
              host, clientRules, [&changes = process.changes] { return changes.isFresh(); },
              std::move(clientsOfFiles), ProfileSettings{process.profiles, lifetimes},
              askSources(host)),
          clientEditor(host, clients, clientRules, process.tokenFormats),
          sourcedClients(host, host.all<ClientSource>(), clientEditor, process.limits),
          authenticator(host, clients, process.limits),
          families(host, process.revocations, lifetimes),
          promises(host, handles, [&changes = process.changes] { return changes.isFresh(); }),
          tickets(host, handles, families, promises, lifetimes),
          formats(host, process.namesOfFormats), sources(host, host.all<ClaimsSource>()),
          responseForms(host, host.all<ClientMetadataRule>()),
          introspectionForms(host, host.all<ClientMetadataRule>()),
          bindings(host.all<TokenBinding>(),
                   {&host.records(), process.namesOfBindings, process.isOneStorage}),
          tokenNotes(host, host.all<AuthorizationRule>()),
          resources(host, host.all<ResourceRegistry>(), settings.defaultAudience,
                    settings.takesAnyResource, &clients.profiles()),
          issuer(host, handles, tickets, families, lifetimes, resources, settings.claims, sources,
                 responseForms, clientRules.subjects(), hasGrant(host, "refresh_token"), formats,
                 tokenNotes),
          people(host),
          inspector(host, clients, families, process.revocations, process.changes, formats),
          issued(host, families,
                 [this](const Context& context, std::string_view token) {
                     return inspector.inspect(context, token);
                 }),
          trusted(host, host.all<TrustedIssuer>()),
          exchange({host, handles, tickets, families, people, issued, trusted}, issuer, bindings,
                   process.namesOfGrants),
          guesses(host, people, process.limits), passwords(host, people, guesses),
          sessionEnds({host, clients, families, process.jobs, clientRules.subjects()},
                      settings.tokensAtEnd, host.all<ClientMetadataRule>(),
                      process.namesOfClientRules),
          sessions({host, handles, people, sessionEnds, process.jobs},
                   {settings.sessionLifetime, settings.sessionIdle, settings.isSessionExpiryTold}),
          consents(host), consentNotes(host, host.all<AuthorizationRule>()),
          requestSources(host, host.all<RequestSource>()), rules(host, process.ruleOrder()),
          modes(host, host.all<ResponseMode>()),
          types(host, host.all<ResponseType>(), hasGrant(host, "authorization_code")),
          askedSteps(host.all<LoginStep>(), host.all<UserStore>(), process.login),
          requestCheck(host,
                       {clients, host.jose(), settings.claims, requestSources, rules, modes, types,
                        bindings, resources, askedSteps},
                       process.limits, settings.interactionLifetime),
          answers({host.records(), handles, tickets, issuer, bindings, settings.claims,
                   process.limits}),
          answerMembers(host, host.all<AnswerMember>()), metadata(clients.profiles()) {
        if (pages != nullptr) {
            login.emplace(LoginFlow::Parts{host,
                                           clients,
                                           answers,
                                           people,
                                           guesses,
                                           sessions,
                                           consents,
                                           consentNotes,
                                           *pages,
                                           settings.claims,
                                           resources,
                                           requestSources,
                                           rules,
                                           modes,
                                           types,
                                           clientRules.subjects(),
                                           answerMembers,
                                           bindings,
                                           promises,
                                           askedSteps,
                                           lifetimes.ofServer(codeTtl),
                                           process.login},
                          settings.interactionLifetime);
        }
    }

    ClientDirectory::AskSources askSources(Host& host) {
        if (host.all<ClientSource>().empty()) {
            return nullptr;
        }
        return [this](const Context& context, std::string_view clientId,
                      std::shared_ptr<const Client> known) {
            return sourcedClients.find(context, clientId, std::move(known));
        };
    }

    static bool hasGrant(Host& host, std::string_view type) {
        for (const auto& grant : host.all<Grant>()) {
            if (grant.plugin->type() == type) {
                return true;
            }
        }
        return false;
    }

    Lifetimes lifetimes;
    IssuerOpener opener;
    HandleMaker handles;
    ClientRules clientRules;
    ClientDirectory clients;
    ClientEditor clientEditor;
    SourcedClients sourcedClients;
    ClientAuthenticator authenticator;
    FamilyBook families;
    PromiseBook promises;
    TicketBook tickets;
    TokenFormats formats;
    ClaimsSources sources;
    ResponseForms responseForms;
    IntrospectionForms introspectionForms;
    TokenBindings bindings;
    TokenNotes tokenNotes;
    ResourcePolicy resources;
    TokenIssuer issuer;
    PersonDirectory people;
    TokenInspector inspector;
    IssuedTokens issued;
    TrustedIssuers trusted;
    TokenExchange exchange;
    GuessGuard guesses;
    PasswordCheck passwords;
    SessionEnds sessionEnds;
    SessionService sessions;
    ConsentService consents;
    ConsentNotes consentNotes;
    RequestSources requestSources;
    RuleChain rules;
    ResponseModes modes;
    ResponseTypes types;
    AskedSteps askedSteps;
    RequestCheck requestCheck;
    AnswerMaker answers;
    AnswerMembers answerMembers;
    std::optional<LoginFlow> login;  ///< where pages are shown
    ServerMetadata metadata;
};

Services::Services(ProcessServices process) : process_(std::move(process)) {}

Services::~Services() = default;

Status Services::configure(const Config& config, Host& host) {
    host_ = &host;
    settings_ = oauthSettings(config);
    auto claims = readClaimRules(config);
    if (!claims) {
        return claims.error();
    }
    settings_.claims = ClaimsPolicy(*std::move(claims));
    if (process_.showsPages) {
        auto pages = PageBook::load({settings_.pagesDir, settings_.localeDir,
                                     settings_.pagesOverrideDir, process_.pagesOfPlugins},
                                    settings_.defaultLanguage, process_.pagesOverrideDirs, host);
        if (!pages) {
            return pages.error();
        }
        pages_ = *std::move(pages);
    }
    return done();
}

Status Services::start() {
    parts_ = std::make_unique<Parts>(*host_, process_, settings_, pages_.get(),
                                     [this](IssuerId issuer) { return clientsOfFiles(issuer); });
    return done();
}

Status Services::load(const Context& context) {
    if (auto begun = parts_->opener.begin(context); !begun) {
        return begun;
    }
    // These can be read later too.
    (void)parts_->clients.staticClients(context.issuer.id);
    if (pages_ != nullptr) {
        (void)pages_->of(context.issuer);
    }
    return done();
}

Status Services::checkPages(const Issuer& issuer) const {
    return pages_ == nullptr ? done() : pages_->check(issuer);
}

/// All of an issuer's clients or none: a file with a mistake may be the one that limits another. A
/// token format that went away with its plugin spoils the tokens of its client only.
Result<std::shared_ptr<const std::vector<Client>>> Services::clientsOfFiles(IssuerId id) const {
    const auto issuer = std::find_if(process_.issuers.begin(), process_.issuers.end(),
                                     [&](const Issuer& known) { return known.id == id; });
    auto files = process_.staticClients(id);
    auto status =
        files ? checkStaticClients(*files, {*issuer, clientRules()}) : Status{files.error()};
    if (!status) {
        host_->log().write(Level::error, "clients not read: " + status.error().detail,
                           {{"issuer", std::int64_t{id}}});
        return Error::unavailable("the clients of the issuer's files cannot be read");
    }
    return std::make_shared<const std::vector<Client>>(staticClients(*host_, *files));
}

Services::Parts& Services::parts() const {
    if (parts_ == nullptr) {
        throw std::logic_error("the core is asked before it has started");
    }
    return *parts_;
}

void Services::stop() noexcept {
    parts_.reset();
}

Status Services::attach(std::vector<Describer> describers) {
    parts_->metadata.attach(std::move(describers));
    return parts_->metadata.check(process_.issuers.front());
}

void Services::changed(const Change& change) {
    if (change.notice.topic == "client") {
        parts_->clients.forget(change.notice.issuer, change.notice.key);
    }
    if (change.notice.topic == PromiseBook::topic) {
        parts_->promises.polls().forget(change.notice.key);
    }
    if (change.notice.topic == ChangeFeed::gap) {
        parts_->clients.forgetAll();
        parts_->promises.polls().forgetAll();
    }
}

bool Services::hasMetrics() const {
    return !host_->all<MetricsExporter>().empty();
}

Result<Scrape> Services::scrape() const {
    return host_->all<MetricsExporter>().front().plugin->scrape(process_.metrics());
}

std::vector<std::string> Services::satOut() const {
    return process_.satOut();
}

std::vector<std::string> Services::problems() const {
    return process_.problems();
}

const IssuerOpener& Services::opener() const {
    return parts().opener;
}

ClientDirectory& Services::clients() const {
    return parts().clients;
}

ClientEditor& Services::clientEditor() const {
    return parts().clientEditor;
}

const Lifetimes& Services::lifetimes() const {
    return parts().lifetimes;
}

const ClientRules& Services::clientRules() const {
    return parts().clientRules;
}

ClientAuthenticator& Services::authenticator() const {
    return parts().authenticator;
}

const ClaimsSources& Services::claimsSources() const {
    return parts().sources;
}

const ResponseForms& Services::responseForms() const {
    return parts().responseForms;
}

const IntrospectionForms& Services::introspectionForms() const {
    return parts().introspectionForms;
}

FamilyBook& Services::families() const {
    return parts().families;
}

TokenExchange& Services::exchange() const {
    return parts().exchange;
}

TokenInspector& Services::inspector() const {
    return parts().inspector;
}

const TokenBindings& Services::bindings() const {
    return parts().bindings;
}

const ResourcePolicy& Services::resources() const {
    return parts().resources;
}

PromiseBook& Services::promises() const {
    return parts().promises;
}

ServerMetadata& Services::metadata() const {
    return parts().metadata;
}

RateLimiter& Services::limits() const noexcept {
    return process_.limits;
}

PersonDirectory& Services::people() const {
    return parts().people;
}

const PasswordCheck& Services::passwords() const {
    return parts().passwords;
}

KeyStore& Services::keys() const noexcept {
    return host_->one<KeyStore>();
}

const PageRenderer& Services::pages(const Issuer& issuer) const {
    return pages_->of(issuer);
}

SessionService& Services::sessions() const {
    return parts().sessions;
}

const ConsentService& Services::consents() const {
    return parts().consents;
}

const SessionEnds& Services::sessionEnds() const {
    return parts().sessionEnds;
}

const RequestCheck& Services::requestCheck() const {
    return parts().requestCheck;
}

const RequestSources& Services::requestSources() const {
    return parts().requestSources;
}

const ResponseModes& Services::responseModes() const {
    return parts().modes;
}

const AskedSteps& Services::askedSteps() const {
    return parts().askedSteps;
}

const ResponseTypes& Services::responseTypes() const {
    return parts().types;
}

const AnswerMembers& Services::answerMembers() const {
    return parts().answerMembers;
}

const LoginFlow& Services::login() const {
    return *parts().login;
}

}  // namespace gatehouse
