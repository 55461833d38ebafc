// SPDX-License-Identifier: Apache-2.0
#include "token/TokenExchange.h"

#include <gatehouse/point/UserStore.h>

#include "TokenBed.h"
#include "login/PersonDirectory.h"
#include "token/OwnTickets.h"

#include <cppunit/extensions/HelperMacros.h>

#include <functional>

namespace gatehouse {

namespace {

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

class Ann final : public UserStore {
public:
    Result<std::optional<User>> findByLogin(const Context&, std::string_view) const override {
        return std::optional<User>();
    }
    Result<std::optional<User>> findById(const Context&, std::string_view id) const override {
        User ann;
        ann.id = id;
        return id == "ann" ? std::optional(ann) : std::nullopt;
    }
    Result<std::optional<User>> checkPassword(const Context&, std::string_view,
                                              const Secret&) const override {
        return std::optional<User>();
    }
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

}  // namespace

/// What the kernel adds to what a grant decides.
class TokenExchangeTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TokenExchangeTest);
    CPPUNIT_TEST(aPersonsTokensGetAFamilyThatRefreshes);
    CPPUNIT_TEST(twoAuthorizationsOfAPersonAreTwoFamilies);
    CPPUNIT_TEST(theSubIsTheKernelsToSay);
    CPPUNIT_TEST(aGrantCannotNameAnothersSub);
    CPPUNIT_TEST(theClientsOwnTokensNameTheClient);
    CPPUNIT_TEST(theAuditTrailNamesGrantAndAddress);
    CPPUNIT_TEST(nobodyIsEntitledWhoIsGone);
    CPPUNIT_TEST(scopesTheClientMayNotHaveAreLeftOut);
    CPPUNIT_TEST(everythingThatWasOpenedIsUsedUp);
    CPPUNIT_TEST(whatIsOpenedTwiceIsUsedUpOnce);
    CPPUNIT_TEST(aTicketOfTheGrantsOwnEntitlesOnce);
    CPPUNIT_TEST(aTicketAndACodeAreUsedUpTogether);
    CPPUNIT_TEST(nobodyOpensTicketsOfAnother);
    CPPUNIT_TEST(aTicketIsForItsClientAlone);
    CPPUNIT_TEST(aTicketStandsForAClientToo);
    CPPUNIT_TEST(aTicketUsedTwiceRevokesWhatItGave);
    CPPUNIT_TEST_SUITE_END();

    TokenBed bed_;
    TestGrant grant_;
    Ann users_;
    KeepingFormat format_;
    std::unique_ptr<PersonDirectory> people_;
    std::unique_ptr<TokenFormats> formats_;
    std::unique_ptr<TokenIssuer> issuer_;
    std::unique_ptr<TokenExchange> exchange_;

    static Client site() {
        Client site = TokenBed::client("site");
        site.registration = "r1";
        site.grantTypes.emplace_back("test");
        site.scopes = {"openid", "email"};
        return site;
    }
    Result<TokenSet, OAuthError> exchange(std::vector<Form::Field> fields = {}) {
        fields.emplace_back("grant_type", "test");
        return exchange_->run(bed_.context, Form(std::move(fields)),
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

public:
    void setUp() override {
        bed_.host.add("test", static_cast<Grant&>(grant_));
        bed_.host.add("kept", static_cast<TokenFormat&>(format_));
        bed_.host.add("local", static_cast<UserStore&>(users_));
        people_ = std::make_unique<PersonDirectory>(bed_.host);
        formats_ = std::make_unique<TokenFormats>(
            bed_.host,
            std::map<std::string, InstanceNames>{{"kept", {"token_format.kept", "kept"}}});
        issuer_ = std::make_unique<TokenIssuer>(bed_.host, bed_.handles, bed_.tickets,
                                                bed_.families, TokenLifetimes{}, "", bed_.claims,
                                                bed_.sources, true, *formats_);
        exchange_ = std::make_unique<TokenExchange>(
            GrantRequest::Books{bed_.host, bed_.handles, bed_.tickets, bed_.families, *people_},
            *issuer_, std::map<std::string, InstanceNames>{{"test", TokenBed::keeper("test")}});
    }

    void aPersonsTokensGetAFamilyThatRefreshes() {
        entitle(Subject::person("local", "ann"));
        const auto tokens = exchange();
        const auto opened =
            bed_.families.open(bed_.context, site(), tokens->refreshToken, seconds{0}, seconds{0});
        CPPUNIT_ASSERT(opened);
        CPPUNIT_ASSERT_EQUAL(std::string("ann"), opened->family.authorization.subject.id);
        CPPUNIT_ASSERT_EQUAL(format_.written.family, opened->family.authorization.family);
    }

    void twoAuthorizationsOfAPersonAreTwoFamilies() {
        entitle(Subject::person("local", "ann"));
        CPPUNIT_ASSERT(exchange());
        const auto first = format_.written.family;
        CPPUNIT_ASSERT(exchange());
        CPPUNIT_ASSERT(first != format_.written.family);
    }

    void theSubIsTheKernelsToSay() {
        entitle(Subject::person("local", "ann"));
        CPPUNIT_ASSERT(exchange());
        CPPUNIT_ASSERT_EQUAL(std::string("sub of local/ann"), format_.written.subject.sub);
    }

    void aGrantCannotNameAnothersSub() {
        for (const auto& subject :
             {Subject{"sub of local/bob", "local", "ann"}, Subject{"bob", {}, {}}}) {
            entitle(subject);
            CPPUNIT_ASSERT(exchange().error().code == OAuthCode::serverError);
        }
    }

    void theClientsOwnTokensNameTheClient() {
        entitle({});
        const auto tokens = exchange();
        CPPUNIT_ASSERT_EQUAL(std::string("site"), format_.written.subject.sub);
        CPPUNIT_ASSERT(tokens->refreshToken.empty() && format_.written.family.empty());
    }

    void theAuditTrailNamesGrantAndAddress() {
        entitle({});
        CPPUNIT_ASSERT(exchange());
        const auto events = bed_.host.fakeEvents.ofType("token.issued");
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, events.size());
        CPPUNIT_ASSERT_EQUAL(std::string("192.0.2.1"), events[0].remoteAddress);
        CPPUNIT_ASSERT(events[0].details.text("grant") == "test");
    }

    void nobodyIsEntitledWhoIsGone() {
        entitle(Subject::person("local", "bob"));
        CPPUNIT_ASSERT(exchange().error().code == OAuthCode::invalidGrant);
    }

    void scopesTheClientMayNotHaveAreLeftOut() {
        entitle(Subject::person("local", "ann"), {"email", "profile"});
        CPPUNIT_ASSERT_EQUAL(std::string("email"), exchange()->scopes.text());
    }

    void everythingThatWasOpenedIsUsedUp() {
        const std::vector<std::string> codes{issueCode(), issueCode()};
        openCodes(codes);
        CPPUNIT_ASSERT(exchange());
        for (const auto& code : codes) {
            openCodes({code});
            CPPUNIT_ASSERT(exchange().error().code == OAuthCode::invalidGrant);
        }
    }

    void whatIsOpenedTwiceIsUsedUpOnce() {
        const auto code = issueCode();
        openCodes({code, code});
        CPPUNIT_ASSERT(exchange());
        CPPUNIT_ASSERT(exchange().error().code == OAuthCode::invalidGrant);
    }

    void aTicketOfTheGrantsOwnEntitlesOnce() {
        openTicket(issueTicket());
        const auto tokens = exchange();
        CPPUNIT_ASSERT(tokens);
        CPPUNIT_ASSERT_EQUAL(std::string("email"), tokens->scopes.text());
        CPPUNIT_ASSERT(!tokens->refreshToken.empty());
        CPPUNIT_ASSERT_EQUAL(std::string("sub of local/ann"), format_.written.subject.sub);
        refusesGrant();
    }

    void aTicketAndACodeAreUsedUpTogether() {
        const auto code = issueCode();
        const auto ticket = issueTicket();
        grant_.decision = [&](const TokenRequest& request) -> Result<Entitlement, OAuthError> {
            auto first = request.openTicket(TicketKind::authorizationCode, code);
            const auto second = request.openTicket("voucher", ticket);
            return !first    ? Result<Entitlement, OAuthError>(first.error())
                   : !second ? second.error()
                             : Result<Entitlement, OAuthError>(Entitlement::from(*first));
        };
        CPPUNIT_ASSERT(exchange());
        openTicket(ticket);
        refusesGrant();
        openTicket(code, TicketKind::authorizationCode);
        refusesGrant();
    }

    void nobodyOpensTicketsOfAnother() {
        openTicket(issueTicket("other"));
        refusesGrant();
        openTicket(issueTicket("test"), "another kind");
        refusesGrant();
        exchange_ = std::make_unique<TokenExchange>(
            GrantRequest::Books{bed_.host, bed_.handles, bed_.tickets, bed_.families, *people_},
            *issuer_, std::map<std::string, InstanceNames>{{"test", {"grant.test", "test"}}});
        openTicket(issueCode(), TicketKind::authorizationCode);
        refusesGrant();
    }

    void aTicketIsForItsClientAlone() {
        openTicket(issueTicket("test", "another client"));
        refusesGrant();
    }

    void aTicketStandsForAClientToo() {
        openTicket(issueTicket("test", "site", {}));
        CPPUNIT_ASSERT(exchange());
        CPPUNIT_ASSERT_EQUAL(std::string("site"), format_.written.subject.sub);
        refusesGrant();
    }

    void aTicketUsedTwiceRevokesWhatItGave() {
        openTicket(issueTicket());
        CPPUNIT_ASSERT(exchange());
        bed_.host.fakeClock.advance(seconds{21});
        refusesGrant();
        CPPUNIT_ASSERT(bed_.revocations.contains(1, format_.written.family));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, bed_.host.fakeEvents.ofType("ticket.reused").size());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TokenExchangeTest);

}  // namespace gatehouse
