// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/testkit/FakeUserStore.h>

#include "TokenBed.h"
#include "login/PersonDirectory.h"
#include "token/OwnTickets.h"
#include "token/TokenExchange.h"

#include <cppunit/extensions/HelperMacros.h>

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace gatehouse {

/// A grant that decides as each test says.
class TestGrant final : public Grant {
public:
    using Decision = std::function<Result<Entitlement, OAuthError>(const TokenRequest&)>;
    std::string_view type() const noexcept override { return "test"; }
    std::vector<std::string_view> parameters() const override { return {"code", "second"}; }
    Result<Entitlement, OAuthError> decide(const TokenRequest& request) const override {
        return decision(request);
    }
    Decision decision;
};

/// Keeps what it was last told to write.
class KeepingFormat final : public TokenFormat {
public:
    Result<std::string> write(const Context&, const AccessToken& token, Batch&) const override {
        written = token;
        return token.id;
    }
    Result<std::optional<TokenClaim>> read(const Context&, std::string_view) const override {
        return std::optional<TokenClaim>();
    }
    mutable AccessToken written;
};

/// Binds to what a header says, by name.
class KeyBinding final : public TokenBinding {
public:
    std::string_view confirmation() const noexcept override { return "key"; }
    std::string_view tokenType() const noexcept override { return "Keyed"; }
    Result<std::optional<Possession>, OAuthError> bind(const Context&, const HttpRequest& request,
                                                       const Client&) const override {
        const auto key = request.header("key");
        if (key == "refused") {
            return OAuthError::of("own_error", "x");
        }
        if (key.empty()) {
            return std::optional<Possession>();
        }
        Possession possession(key == "null" ? Value() : Value(key));
        if (const auto id = request.header("proof"); !id.empty()) {
            possession.use = UseMark{std::string(id), never, TimePoint{},
                                     OAuthError::of("own_error", "It was used before")};
        }
        return std::optional<Possession>(std::move(possession));
    }
    Result<std::monostate, OAuthError> prove(const Context&, const HttpRequest& request,
                                             std::string_view, const Value& bound) const override {
        return bound == Value(request.header("key"))
                   ? Result<std::monostate, OAuthError>(std::monostate{})
                   : OAuthError::of(OAuthCode::invalidToken, "x");
    }
};

/// An exchange with one grant, one person, one binding, and a format that tells what it wrote.
class ExchangeBed : public CppUnit::TestFixture {
public:
    void setUp() override {
        bed_.host.add("test", static_cast<Grant&>(grant_));
        bed_.host.add("kept", static_cast<TokenFormat&>(format_));
        bed_.host.add("local", static_cast<UserStore&>(users_));
        people_ = std::make_unique<PersonDirectory>(bed_.host);
        formats_ = std::make_unique<TokenFormats>(
            bed_.host,
            std::map<std::string, InstanceNames>{{"kept", {"token_format.kept", "kept"}}});
        issuer_ = std::make_unique<TokenIssuer>(
            bed_.host, bed_.handles, bed_.tickets, bed_.families, bed_.lifetimes, bed_.resources,
            bed_.claims, bed_.sources, bed_.forms, bed_.subjects, true, *formats_, bed_.notes);
        exchange_ = std::make_unique<TokenExchange>(
            bed_.books(*people_), *issuer_, bindings_,
            std::map<std::string, InstanceNames>{{"test", TokenBed::keeper("test")}});
    }

protected:
    TokenBed bed_;
    HttpRequest request_;
    std::string authMethod_ = "client_secret_basic";
    TestGrant grant_;
    testkit::FakeUserStore users_{"ann"};
    KeepingFormat format_;
    std::unique_ptr<PersonDirectory> people_;
    std::unique_ptr<TokenFormats> formats_;
    std::unique_ptr<TokenIssuer> issuer_;
    KeyBinding key_;
    std::set<std::string> elsewhere_;  ///< ids of marks that no batch can have
    TokenBindings bindings_{
        {{"key", &key_}},
        {&bed_.host.records(),
         {{"key", InstanceNames("token_binding.key", "key")}},
         [this](const ProofUse& use) { return elsewhere_.count(use.mark.id) == 0; }}};
    std::unique_ptr<TokenExchange> exchange_;

    Client site() {
        Client site = TokenBed::client("site");
        site.registration = "r1";
        site.authMethod = authMethod_;
        site.grantTypes.emplace_back("test");
        site.scopes = {"openid", "email"};
        return site;
    }
    Result<TokenSet, OAuthError> exchange(std::vector<Form::Field> fields = {}) {
        fields.emplace_back("grant_type", "test");
        return exchange_->run(bed_.context, request_, Form(std::move(fields)),
                              {std::make_shared<const Client>(site()), true, "192.0.2.1"});
    }
    void entitle(const Subject& subject, ScopeSet scopes = {"email"}) {
        grant_.decision = [=](const TokenRequest&) { return Entitlement::of(subject, scopes); };
    }
    std::string issueCode() {
        auto authorization = TokenBed::authorization("site");
        authorization.registration = "r1";
        authorization.scopes = {"email"};
        return bed_.issueCode({authorization, {}, {}});
    }
    OwnTickets ticketsOf(const std::string& instance) {
        return {{bed_.host.clock(), bed_.host.random(), bed_.host.crypto(), bed_.host.records(),
                 bed_.host.subjects()},
                {"grant." + instance, instance}};
    }
    std::string issueTicket(const std::string& instance = "test",
                            const std::string& client = "site",
                            const Subject& subject = Subject::person("local", "ann")) {
        Authorization authorization;
        authorization.subject = subject;
        authorization.scopes = {"email", "unregistered"};
        Client holder = site();
        holder.id = client;
        return *ticketsOf(instance).issue(bed_.context, "voucher", holder, authorization,
                                          seconds{60});
    }
    void openTicket(const std::string& text, std::string_view kind = "voucher") {
        grant_.decision = [=](const TokenRequest& request) -> Result<Entitlement, OAuthError> {
            auto opened = request.openTicket(kind, text);
            return opened ? Result<Entitlement, OAuthError>(Entitlement::from(*std::move(opened)))
                          : opened.error();
        };
    }
    void refusesGrant() { CPPUNIT_ASSERT(exchange().error().code == OAuthCode::invalidGrant); }
    void openCodes(const std::vector<std::string>& codes) {
        grant_.decision = [codes](const TokenRequest& request) -> Result<Entitlement, OAuthError> {
            Result<Authorization, OAuthError> opened = Authorization{};
            for (const auto& code : codes) {
                opened = request.openTicket(TicketKind::authorizationCode, code);
                if (!opened) {
                    return opened.error();
                }
            }
            return Entitlement::from(*std::move(opened));
        };
    }
};

}  // namespace gatehouse
