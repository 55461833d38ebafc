// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeUserStore.h>

#include "TokenBed.h"
#include "login/PersonDirectory.h"
#include "token/TokenExchange.h"

#include <cppunit/extensions/HelperMacros.h>

#include <atomic>
#include <mutex>
#include <set>
#include <thread>

namespace gatehouse {

namespace {

using Names = std::map<std::string, InstanceNames>;

class CodeGrantUnderTest final : public Grant {
public:
    std::string_view type() const noexcept override { return "authorization_code"; }
    std::vector<std::string_view> parameters() const override {
        return {"code", "redirect_uri", "code_verifier"};
    }
    Result<Entitlement, OAuthError> decide(const TokenRequest& request) const override {
        auto opened =
            request.openTicket(TicketKind::authorizationCode, request.form().text("code"));
        if (!opened) {
            return opened.error();
        }
        return Entitlement::from(*std::move(opened));
    }
};

class RefreshGrantUnderTest final : public Grant {
public:
    std::string_view type() const noexcept override { return "refresh_token"; }
    std::vector<std::string_view> parameters() const override { return {"refresh_token"}; }
    Result<Entitlement, OAuthError> decide(const TokenRequest& request) const override {
        auto opened =
            request.openRefreshToken(request.form().text("refresh_token"), seconds{30}, seconds{0});
        if (!opened) {
            return opened.error();
        }
        auto entitlement = Entitlement::from(*std::move(opened));
        entitlement.idToken = false;
        return entitlement;
    }
};

/// Tokens whose text is their id.
class PlainFormat final : public TokenFormat {
public:
    Result<std::string> write(const Context&, const AccessToken& token, Batch&) const override {
        return token.id;
    }
    Result<std::optional<TokenClaim>> read(const Context&, std::string_view) const override {
        return std::optional<TokenClaim>();
    }
};

}  // namespace

/// What is redeemed for tokens, also by many workers at once.
class TokenRaceTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TokenRaceTest);
    CPPUNIT_TEST(oneOfSixteenRedeemsACode);
    CPPUNIT_TEST(fiftyRefreshesGetOneSuccessor);
    CPPUNIT_TEST(whoNeverHeardOfTheirCodesTokensMayAskAgain);
    CPPUNIT_TEST(whoNeverHeardOfTheirSuccessorIsToldIt);
    CPPUNIT_TEST(nothingIsRedeemedForWhoIsGoneOrDisabled);
    CPPUNIT_TEST(aScopeTheClientLostIsNotGivenAgain);
    CPPUNIT_TEST_SUITE_END();

    TokenBed bed_;
    HttpRequest request_;
    CodeGrantUnderTest codeGrant_;
    RefreshGrantUnderTest refreshGrant_;
    PlainFormat format_;
    testkit::FakeUserStore users_{"ann"};
    ScopeSet clientScopes_{"openid", "email"};
    std::unique_ptr<PersonDirectory> people_;
    std::unique_ptr<TokenFormats> formats_;
    std::unique_ptr<TokenIssuer> issuer_;
    TokenBindings bindings_{{}};
    std::unique_ptr<TokenExchange> exchange_;

    Result<TokenSet, OAuthError> exchange(std::vector<Form::Field> fields) {
        Client site = TokenBed::client("site");
        site.scopes = clientScopes_;
        const AuthenticatedClient client{std::make_shared<const Client>(std::move(site)), true};
        return exchange_->run(bed_.context, request_, Form(std::move(fields)), client);
    }

    std::string issueCode() {
        auto authorization = TokenBed::authorization("site");
        authorization.scopes = {"email"};
        return bed_.issueCode({authorization, {}, {}});
    }

    template <class Work> static void together(int count, Work work) {
        std::atomic<bool> go{false};
        std::vector<std::thread> threads;
        for (int i = 0; i < count; ++i) {
            threads.emplace_back([&] {
                while (!go) {
                    std::this_thread::yield();
                }
                work();
            });
        }
        go = true;
        for (auto& thread : threads) {
            thread.join();
        }
    }

public:
    void setUp() override {
        bed_.host.add("authorization_code", static_cast<Grant&>(codeGrant_));
        bed_.host.add("refresh_token", static_cast<Grant&>(refreshGrant_));
        bed_.host.add("plain", static_cast<TokenFormat&>(format_));
        formats_ = std::make_unique<TokenFormats>(
            bed_.host, Names{{"plain", {"token_format.plain", "plain"}}});
        issuer_ = std::make_unique<TokenIssuer>(
            bed_.host, bed_.handles, bed_.tickets, bed_.families, bed_.lifetimes, bed_.resources,
            bed_.claims, bed_.sources, bed_.forms, bed_.subjects, true, *formats_, bed_.notes);
        bed_.host.add("local", static_cast<UserStore&>(users_));
        people_ = std::make_unique<PersonDirectory>(bed_.host);
        exchange_ = std::make_unique<TokenExchange>(
            bed_.books(*people_), *issuer_, bindings_,
            std::map<std::string, InstanceNames>{
                {"authorization_code", TokenBed::keeper("authorization_code")},
                {"refresh_token", TokenBed::keeper("refresh_token")}});
    }

    void oneOfSixteenRedeemsACode() {
        for (int round = 0; round < 50; ++round) {
            const auto code = issueCode();
            std::atomic<int> won{0};
            together(16, [&] {
                const auto tokens =
                    exchange({{"grant_type", "authorization_code"}, {"code", code}});
                won += tokens ? 1 : 0;
                CPPUNIT_ASSERT(tokens || tokens.error().code == OAuthCode::invalidGrant);
            });
            CPPUNIT_ASSERT_EQUAL(1, won.load());
        }
    }

    void fiftyRefreshesGetOneSuccessor() {
        const auto first = exchange({{"grant_type", "authorization_code"}, {"code", issueCode()}});
        std::mutex mutex;
        std::set<std::string> successors;
        together(50, [&] {
            const auto tokens =
                exchange({{"grant_type", "refresh_token"}, {"refresh_token", first->refreshToken}});
            const std::lock_guard lock(mutex);
            successors.insert(tokens ? tokens->refreshToken : "refused");
        });
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, successors.size());
        CPPUNIT_ASSERT(successors.count("refused") == 0);
        CPPUNIT_ASSERT(
            exchange({{"grant_type", "refresh_token"}, {"refresh_token", *successors.begin()}}));
    }

    void whoNeverHeardOfTheirCodesTokensMayAskAgain() {
        const std::vector<Form::Field> redeeming{{"grant_type", "authorization_code"},
                                                 {"code", issueCode()}};
        bed_.host.fakeRecords.loseNextAnswer();
        CPPUNIT_ASSERT(exchange(redeeming).error().code == OAuthCode::temporarilyUnavailable);
        CPPUNIT_ASSERT(exchange(redeeming).error().code == OAuthCode::invalidGrant);
        CPPUNIT_ASSERT(bed_.host.fakeEvents.ofType("authorization_code.reused").empty());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, bed_.host.fakeRecords.all("family").size());
    }

    void whoNeverHeardOfTheirSuccessorIsToldIt() {
        const auto first = exchange({{"grant_type", "authorization_code"}, {"code", issueCode()}});
        const std::vector<Form::Field> refreshing{{"grant_type", "refresh_token"},
                                                  {"refresh_token", first->refreshToken}};
        bed_.host.fakeRecords.loseNextAnswer();
        CPPUNIT_ASSERT(exchange(refreshing).error().code == OAuthCode::temporarilyUnavailable);
        const auto second = exchange(refreshing);
        CPPUNIT_ASSERT(second);
        CPPUNIT_ASSERT(
            exchange({{"grant_type", "refresh_token"}, {"refresh_token", second->refreshToken}}));
    }

    void nothingIsRedeemedForWhoIsGoneOrDisabled() {
        const auto code = issueCode();
        const auto tokens = exchange({{"grant_type", "authorization_code"}, {"code", issueCode()}});
        const std::vector<Form::Field> redeeming{{"grant_type", "authorization_code"},
                                                 {"code", code}};
        const std::vector<Form::Field> refreshing{{"grant_type", "refresh_token"},
                                                  {"refresh_token", tokens->refreshToken}};
        for (bool* state : {&users_.person.isDisabled, &users_.isGone}) {
            *state = true;
            CPPUNIT_ASSERT(exchange(redeeming).error().code == OAuthCode::invalidGrant);
            CPPUNIT_ASSERT(exchange(refreshing).error().code == OAuthCode::invalidGrant);
            *state = false;
        }
        CPPUNIT_ASSERT(exchange(redeeming));
        CPPUNIT_ASSERT(exchange(refreshing));
    }

    void aScopeTheClientLostIsNotGivenAgain() {
        const auto code = issueCode();
        const auto first = exchange({{"grant_type", "authorization_code"}, {"code", code}});
        CPPUNIT_ASSERT_EQUAL(std::string("email"), first->scopes.text());
        clientScopes_ = {"openid"};
        const auto next =
            exchange({{"grant_type", "refresh_token"}, {"refresh_token", first->refreshToken}});
        CPPUNIT_ASSERT_EQUAL(std::string(), next->scopes.text());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TokenRaceTest);

}  // namespace gatehouse
