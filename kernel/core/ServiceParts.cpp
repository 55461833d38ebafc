// SPDX-License-Identifier: Apache-2.0
#include "ServiceParts.h"

#include <gatehouse/point/AnswerMember.h>
#include <gatehouse/point/ClaimsSource.h>
#include <gatehouse/point/ClientSource.h>
#include <gatehouse/point/Grant.h>

#include <utility>

namespace gatehouse {

namespace {

bool hasGrant(Host& host, std::string_view type) {
    for (const auto& grant : host.all<Grant>()) {
        if (grant.plugin->type() == type) {
            return true;
        }
    }
    return false;
}

}  // namespace

Services::Parts::Parts(Host& host, const ProcessServices& process, const OAuthSettings& settings,
                       const PageBook* pages, ClientDirectory::StaticClients::Make clientsOfFiles)
    : lifetimes(settings.lifetimes, process.lifetimes), opener(host, process.issuers),
      handles(host.clock(), host.random()), clientRules(host.all<ClientMetadataRule>()),
      clients(
          host, clientRules, [&changes = process.changes] { return changes.isFresh(); },
          std::move(clientsOfFiles), ProfileSettings{process.profiles, lifetimes},
          askSources(host)),
      clientEditor(host, clients, clientRules, process.tokenFormats),
      sourcedClients(host, host.all<ClientSource>(), clientEditor, process.limits),
      authenticator(host, clients, process.limits), families(host, process.revocations, lifetimes),
      promises(
          host, handles, [&changes = process.changes] { return changes.isFresh(); },
          {host, process.jobs.book, host.all<ClientMetadataRule>(), process.namesOfClientRules}),
      tickets(host, handles, families, promises, lifetimes), formats(host, process.namesOfFormats),
      sources(host, host.all<ClaimsSource>()), responseForms(host, host.all<ClientMetadataRule>()),
      introspectionForms(host, host.all<ClientMetadataRule>()),
      bindings(host.all<TokenBinding>(),
               {&host.records(), process.namesOfBindings, process.isWithTokens}),
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
      trusted(host, host.all<TrustedIssuer>(), host.all<ClientMetadataRule>()),
      exchange({host, handles, tickets, families, people, issued, trusted}, issuer, bindings,
               process.namesOfGrants),
      guesses(host, people, process.limits), passwords(host, people, guesses),
      chosenPasswords(host, people, host.all<PasswordRule>()),
      sessionEnds({host, clients, families, process.jobs, clientRules.subjects()},
                  settings.tokensAtEnd, host.all<ClientMetadataRule>(), process.namesOfClientRules),
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
      approvals({host, process.jobs, people, promises, clientRules.subjects(), settings.claims},
                {clients, host.jose(), settings.claims, requestSources, rules, modes, types,
                 bindings, resources, askedSteps},
                host.all<Approver>()),
      answers(
          {host.records(), handles, tickets, issuer, bindings, settings.claims, process.limits}),
      answerMembers(host, host.all<AnswerMember>()),
      mails({host, process.jobs, pages}, host.all<Mailer>()), metadata(clients.profiles()) {
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

ClientDirectory::AskSources Services::Parts::askSources(Host& host) {
    if (host.all<ClientSource>().empty()) {
        return nullptr;
    }
    return [this](const Context& context, std::string_view clientId,
                  std::shared_ptr<const Client> known) {
        return sourcedClients.find(context, clientId, std::move(known));
    };
}

}  // namespace gatehouse
