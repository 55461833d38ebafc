// SPDX-License-Identifier: Apache-2.0
#include "ExchangeBed.h"

namespace gatehouse {

/// What the kernel adds to what a grant decides.
class TokenExchangeTest : public ExchangeBed {
    CPPUNIT_TEST_SUITE(TokenExchangeTest);
    CPPUNIT_TEST(aPersonsTokensGetAFamilyThatRefreshes);
    CPPUNIT_TEST(twoAuthorizationsOfAPersonAreTwoFamilies);
    CPPUNIT_TEST(theSubIsTheKernelsToSay);
    CPPUNIT_TEST(aGrantCannotNameAnothersSub);
    CPPUNIT_TEST(theClientsOwnTokensNameTheClient);
    CPPUNIT_TEST(theAuditTrailNamesGrantAndAddress);
    CPPUNIT_TEST(nobodyIsEntitledWhoIsGone);
    CPPUNIT_TEST(scopesTheClientMayNotHaveAreLeftOut);
    CPPUNIT_TEST(whoActsIsToldInTheAccessToken);
    CPPUNIT_TEST(membersOfTheAnswerAreTheGrantsUnlessTheKernelHasThem);
    CPPUNIT_TEST_SUITE_END();

public:
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

    void whoActsIsToldInTheAccessToken() {
        grant_.decision = [](const TokenRequest&) {
            auto entitlement = Entitlement::of(Subject::person("local", "ann"), {"email"});
            entitlement.authorization.actor = {{"sub", "desk"}};
            return entitlement;
        };
        CPPUNIT_ASSERT(exchange());
        CPPUNIT_ASSERT(Value(ValueMap{{"sub", "desk"}}) == *format_.written.claims.find("act"));
        const auto family = bed_.families.find(bed_.context, format_.written.family);
        CPPUNIT_ASSERT((*family)->authorization.actor.text("sub") == "desk");
    }

    void membersOfTheAnswerAreTheGrantsUnlessTheKernelHasThem() {
        for (const char* name : {"issued_token_type", "access_token", "scope", "error"}) {
            grant_.decision = [=](const TokenRequest&) {
                auto entitlement = Entitlement::of(Subject::person("local", "ann"), {"email"});
                entitlement.members.set(name, "x");
                return entitlement;
            };
            const auto tokens = exchange();
            CPPUNIT_ASSERT_EQUAL(std::string(name) == "issued_token_type", bool(tokens));
            CPPUNIT_ASSERT(tokens ? tokens->members.text(name) == "x"
                                  : tokens.error().code == OAuthCode::serverError);
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TokenExchangeTest);

}  // namespace gatehouse
