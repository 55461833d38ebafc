// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Services.h"
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
#include "login/Approvals.h"
#include "login/AskedSteps.h"
#include "login/ChosenPasswords.h"
#include "login/ConsentService.h"
#include "login/GuessGuard.h"
#include "login/LoginFlow.h"
#include "login/PasswordCheck.h"
#include "login/PersonDirectory.h"
#include "login/SessionEnds.h"
#include "login/SessionService.h"
#include "mail/MailQueue.h"
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

#include <optional>

namespace gatehouse {

/// The services of the core, each built of those before it.
struct Services::Parts {
    Parts(Host& host, const ProcessServices& process, const OAuthSettings& settings,
          const PageBook* pages, ClientDirectory::StaticClients::Make clientsOfFiles);

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
    ChosenPasswords chosenPasswords;
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
    Approvals approvals;
    AnswerMaker answers;
    AnswerMembers answerMembers;
    MailQueue mails;
    std::optional<LoginFlow> login;  ///< where pages are shown
    ServerMetadata metadata;

private:
    ClientDirectory::AskSources askSources(Host& host);
};

}  // namespace gatehouse
