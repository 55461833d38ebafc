// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include "client/SubjectForms.h"
#include "crypto/KeyedCrypto.h"
#include "store/Handle.h"
#include "store/InstanceNames.h"
#include "token/ClaimsPolicy.h"
#include "token/ClaimsSources.h"
#include "token/FamilyBook.h"
#include "token/GrantRequest.h"
#include "token/PromiseBook.h"
#include "token/ResourcePolicy.h"
#include "token/ResponseForms.h"
#include "token/RevocationSet.h"
#include "token/TicketBook.h"
#include "token/TokenNotes.h"

#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

namespace gatehouse {

/// The books of the core over records in memory, with a clock that tests turn.
struct TokenBed {
    TokenBed() { host.use(crypto); }

    static Client client(std::string id) {
        Client client;
        client.id = std::move(id);
        client.authMethod = "client_secret_basic";
        client.grantTypes = {"authorization_code", "refresh_token"};
        return client;
    }

    /// A grant that opens codes; `instance` is its name.
    static InstanceNames keeper(std::string_view instance) {
        InstanceNames names("grant." + std::string(instance), instance);
        names.keepPlainNames();
        return names;
    }

    static Authorization authorization(std::string clientId) {
        Authorization authorization;
        authorization.clientId = std::move(clientId);
        authorization.subject = {"sub-of-ann", "local", "ann"};
        authorization.scopes = {"openid", "email"};
        return authorization;
    }

    Form form(std::string redirectUri, std::string verifier) const {
        return Form(
            {{"redirect_uri", std::move(redirectUri)}, {"code_verifier", std::move(verifier)}});
    }

    std::string issueCode(const CodeGrant& grant) {
        Batch batch;
        auto code = tickets.issueCode(context, client("site"), grant, batch);
        const auto outcome = host.records().apply(context, std::move(batch));
        return outcome && outcome->applied() ? code : throw std::runtime_error("no code");
    }

    GrantRequest::Books books(PersonDirectory& people) {
        return {host, handles, tickets, families, people, issued, trusted};
    }
    /// An access token that is good.
    void keep(const std::string& text, TokenClaim claim) {
        goodTokens.insert_or_assign(text, std::make_shared<const TokenClaim>(std::move(claim)));
    }

    testkit::FakeHost host;
    testkit::FakeContext fakeContext;
    Context context = fakeContext;
    KeyedCrypto crypto{Secret("a root secret of at least 32 bytes")};
    HandleMaker handles{host.clock(), host.random()};
    ClaimsPolicy claims;
    const ClaimsSources sources{host, {}};
    const ResponseForms forms{host, {}};
    const SubjectForms subjects;
    const TokenNotes notes{host, {}};
    const ResourcePolicy resources{host, {}, "", true};
    RevocationSet revocations;
    const Lifetimes lifetimes;
    FamilyBook families{host, revocations, lifetimes};
    PromiseBook promises{host, handles, [] { return true; }};
    TicketBook tickets{host, handles, families, promises, lifetimes};
    const IssuedTokens issued{host, families, [this](const Context&, std::string_view text) {
                                  const auto found = goodTokens.find(std::string(text));
                                  return Result<std::shared_ptr<const TokenClaim>>(
                                      found == goodTokens.end() ? nullptr : found->second);
                              }};
    std::map<std::string, std::shared_ptr<const TokenClaim>> goodTokens;
    const TrustedIssuers trusted{host, {}, {}};
};

}  // namespace gatehouse
