// SPDX-License-Identifier: Apache-2.0
#include "LogoutRequest.h"

#include "LogoutBed.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class LogoutRequestTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LogoutRequestTest);
    CPPUNIT_TEST(anOwnHintNamesSessionAndClient);
    CPPUNIT_TEST(anEncryptedHintIsOpened);
    CPPUNIT_TEST(whatIsNoIdTokenOfOursIsRefused);
    CPPUNIT_TEST(theClientMustBeThatOfTheHint);
    CPPUNIT_TEST(aClientThatIsGoneIsSentNowhere);
    CPPUNIT_TEST(onlyARegisteredUriIsGoneTo);
    CPPUNIT_TEST(whatNoHeaderCanHoldIsNotGoneTo);
    CPPUNIT_TEST(theStateGoesWithTheUriAlone);
    CPPUNIT_TEST(withoutAClientNothingIsKnownOfTheUri);
    CPPUNIT_TEST(aRepeatedParameterIsRefused);
    CPPUNIT_TEST_SUITE_END();

    LogoutBed bed_;
    const LogoutRequestReader reader_{bed_.host, bed_.clients};

    Result<LogoutRequest, OAuthError> read(std::vector<Form::Field> fields) const {
        return reader_.read(bed_.context, Form(std::move(fields)));
    }
    void assertRefused(std::vector<Form::Field> fields) const {
        const auto logout = read(std::move(fields));
        CPPUNIT_ASSERT(!logout);
        CPPUNIT_ASSERT(logout.error().code == OAuthCode::invalidRequest);
    }

public:
    void anOwnHintNamesSessionAndClient() {
        const auto logout = read({{"id_token_hint", LogoutBed::hint()},
                                  {"post_logout_redirect_uri", "https://shop.example/bye"}});
        CPPUNIT_ASSERT(logout);
        CPPUNIT_ASSERT(logout->hint.text("sid") == "session-of-ada");
        CPPUNIT_ASSERT_EQUAL(std::string("https://shop.example/bye"), logout->location);
    }

    void anEncryptedHintIsOpened() {
        const auto logout =
            read({{"id_token_hint", "a.b.c.d." + LogoutBed::hint({{"iss", Value()}})}});
        CPPUNIT_ASSERT_MESSAGE("what is in it counts", !logout);
        assertRefused({{"id_token_hint", "1.2.3.4.5"}});
    }

    void whatIsNoIdTokenOfOursIsRefused() {
        assertRefused({{"id_token_hint", "forged"}});
        assertRefused({{"id_token_hint", LogoutBed::hint({}, "at+jwt")}});
        assertRefused({{"id_token_hint", LogoutBed::hint({}, "logout+jwt")}});
        assertRefused({{"id_token_hint", LogoutBed::hint({{"iss", "https://other.example"}})}});
        assertRefused({{"id_token_hint", LogoutBed::hint({{"sub", Value()}})}});
        assertRefused({{"id_token_hint", LogoutBed::hint({{"exp", Value()}})}});
    }

    void theClientMustBeThatOfTheHint() {
        CPPUNIT_ASSERT(read({{"id_token_hint", LogoutBed::hint()}, {"client_id", "shop"}}));
        assertRefused({{"id_token_hint", LogoutBed::hint()}, {"client_id", "other"}});
        assertRefused(
            {{"id_token_hint", LogoutBed::hint({{"aud", "other"}})}, {"client_id", "shop"}});
        assertRefused({{"client_id", "other"}});
    }

    void aClientThatIsGoneIsSentNowhere() {
        const auto logout = read({{"id_token_hint", LogoutBed::hint({{"aud", "gone"}})},
                                  {"post_logout_redirect_uri", "https://gone.example/bye"}});
        CPPUNIT_ASSERT(logout);
        CPPUNIT_ASSERT(logout->location.empty());
        CPPUNIT_ASSERT(!logout->hint.empty());
    }

    void onlyARegisteredUriIsGoneTo() {
        for (const auto* uri :
             {"https://evil.example/", "https://shop.example/bye?foo=bar",
              "https://shop.example/BYE", "javascript:alert(1)", "https://shop.example/callback"}) {
            assertRefused({{"client_id", "shop"}, {"post_logout_redirect_uri", uri}});
        }
    }

    void whatNoHeaderCanHoldIsNotGoneTo() {
        assertRefused(
            {{"client_id", "shop"}, {"post_logout_redirect_uri", "https://shop.example/\r\nX: y"}});
    }

    void theStateGoesWithTheUriAlone() {
        const auto sent = read({{"client_id", "shop"},
                                {"post_logout_redirect_uri", "https://shop.example/?a=b"},
                                {"state", "a b&c\r\n"}});
        CPPUNIT_ASSERT_EQUAL(std::string("https://shop.example/?a=b&state=a%20b%26c%0D%0A"),
                             sent->location);
        CPPUNIT_ASSERT(read({{"client_id", "shop"}, {"state", "s"}})->location.empty());
    }

    void withoutAClientNothingIsKnownOfTheUri() {
        const auto logout = read({{"post_logout_redirect_uri", "https://shop.example/bye"}});
        CPPUNIT_ASSERT(logout);
        CPPUNIT_ASSERT(logout->location.empty());
    }

    void aRepeatedParameterIsRefused() { assertRefused({{"state", "a"}, {"state", "b"}}); }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LogoutRequestTest);

}  // namespace gatehouse
