// SPDX-License-Identifier: Apache-2.0
#include "SessionState.h"

#include <gatehouse/testkit/FakeAnswerInHand.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include "StatePage.h"
#include "crypto/KeyedCrypto.h"
#include "text/Hex.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class SessionStateTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SessionStateTest);
    CPPUNIT_TEST(theStateIsWhatTheFrameComputes);
    CPPUNIT_TEST(noTwoAnswersHaveTheSame);
    CPPUNIT_TEST(anAppGetsNone);
    CPPUNIT_TEST(theCookieIsForScriptsAndTellsNoSid);
    CPPUNIT_TEST(theEndOfTheSessionTakesItAway);
    CPPUNIT_TEST(anySiteMayFrameThePage);
    CPPUNIT_TEST_SUITE_END();

    testkit::FakeHost host_;
    KeyedCrypto crypto_{Secret("a root secret of at least 32 bytes")};
    testkit::FakeContext context_;
    SessionState plugin_;

    std::string state(const std::string& redirectUri, std::string_view sid) const {
        const testkit::FakeAnswerInHand answer({{"code", "c"}}, redirectUri);
        const auto added = plugin_.parameters(answer, sid);
        CPPUNIT_ASSERT(added);
        return added->empty() ? std::string() : added->front().second;
    }
    Cookie cookie(std::string_view sid) const {
        const auto cookies = plugin_.cookies(context_, sid);
        CPPUNIT_ASSERT(cookies && cookies->size() == 1);
        return cookies->front();
    }

public:
    void setUp() override {
        host_.use(crypto_);
        CPPUNIT_ASSERT(plugin_.configure(testkit::FakeConfig({}), host_));
    }

    void theStateIsWhatTheFrameComputes() {
        const auto told = state("https://site.example:443/cb?x=y", "s1");
        const auto salt = told.substr(told.find('.') + 1);
        CPPUNIT_ASSERT_EQUAL(
            hex(crypto_.sha256("site https://site.example " + cookie("s1").value + " " + salt)) +
                "." + salt,
            told);
        const auto nobody = state("https://site.example/cb", "");
        const auto other = nobody.substr(nobody.find('.') + 1);
        CPPUNIT_ASSERT_EQUAL(
            hex(crypto_.sha256("site https://site.example  " + other)) + "." + other, nobody);
    }

    void noTwoAnswersHaveTheSame() {
        CPPUNIT_ASSERT(state("https://site.example/cb", "s1") !=
                       state("https://site.example/cb", "s1"));
    }

    void anAppGetsNone() { CPPUNIT_ASSERT(state("com.example.app:/cb", "s1").empty()); }

    void theCookieIsForScriptsAndTellsNoSid() {
        const auto given = cookie("s1");
        CPPUNIT_ASSERT(given.isForScripts && given.isSecure);
        CPPUNIT_ASSERT(given.sameSite == "None");
        CPPUNIT_ASSERT(given.value.find("s1") == std::string::npos);
        CPPUNIT_ASSERT(given.value != cookie("s2").value);
        CPPUNIT_ASSERT_EQUAL(given.value, cookie("s1").value);
        CPPUNIT_ASSERT_EQUAL(given.name, plugin_.cookieName(context_.issuer));
    }

    void theEndOfTheSessionTakesItAway() {
        CPPUNIT_ASSERT(cookie("").lifetime.count() < 0);
        CPPUNIT_ASSERT(cookie("").value.empty());
    }

    void anySiteMayFrameThePage() {
        const auto page = statePage(crypto_, "a_cookie");
        CPPUNIT_ASSERT(page.body.find("var cookieName = 'a_cookie';") != std::string::npos);
        for (const auto& [name, value] : page.headers) {
            CPPUNIT_ASSERT(name != "X-Frame-Options");
            CPPUNIT_ASSERT(value.find("frame-ancestors") == std::string::npos);
            CPPUNIT_ASSERT(value.find("unsafe") == std::string::npos);
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SessionStateTest);

}  // namespace gatehouse
