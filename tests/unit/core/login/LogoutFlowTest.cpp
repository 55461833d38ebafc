// SPDX-License-Identifier: Apache-2.0
#include "LoginBed.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class LogoutFlowTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LogoutFlowTest);
    CPPUNIT_TEST(whoConfirmsIsSignedOut);
    CPPUNIT_TEST(whoDoesNotStaysSignedIn);
    CPPUNIT_TEST(whoIsNotSignedInIsNotAsked);
    CPPUNIT_TEST(noOtherSiteCanSignAnybodyOut);
    CPPUNIT_TEST(storageThatIsAwayIsTold);
    CPPUNIT_TEST_SUITE_END();

    LoginBed bed_;
    FakeBrowser browser_;

    BrowserAnswer post(const std::string& csrf, const std::string& decision) {
        const Form form({{"csrf", csrf}, {"decision", decision}});
        auto answer = bed_.logout.post(bed_.context, browser_.request(), form);
        browser_.take(answer);
        return answer;
    }
    BrowserAnswer show() { return bed_.logout.show(bed_.context, browser_.request()); }
    bool isSignedIn() {
        return LoginBed::back(bed_.authorize(browser_, "prompt=none")).has("code");
    }

public:
    void setUp() override {
        bed_.journey(browser_);
        CPPUNIT_ASSERT(isSignedIn());
    }

    void whoConfirmsIsSignedOut() {
        const FakeBrowser before = browser_;
        const auto asked = show();
        CPPUNIT_ASSERT_EQUAL(std::string("logout"), asked.page.name);
        const auto answer = post(LoginBed::csrfOf(asked), "leave");
        CPPUNIT_ASSERT_EQUAL(std::string("logged_out"), answer.page.name);
        CPPUNIT_ASSERT(!isSignedIn());
        browser_ = before;
        CPPUNIT_ASSERT_MESSAGE("the cookie alone is worth nothing", !isSignedIn());
    }

    void whoDoesNotStaysSignedIn() {
        const auto answer = post(LoginBed::csrfOf(show()), "stay");
        CPPUNIT_ASSERT_EQUAL(200, answer.status);
        CPPUNIT_ASSERT(isSignedIn());
    }

    void whoIsNotSignedInIsNotAsked() {
        browser_ = {};
        CPPUNIT_ASSERT_EQUAL(std::string("logged_out"), show().page.name);
    }

    void noOtherSiteCanSignAnybodyOut() {
        CPPUNIT_ASSERT_EQUAL(403, post("", "leave").status);
        CPPUNIT_ASSERT_EQUAL(403, post("x", "leave").status);
        CPPUNIT_ASSERT(isSignedIn());
    }

    void storageThatIsAwayIsTold() {
        const auto csrf = LoginBed::csrfOf(show());
        bed_.host.fakeRecords.fail(Error::unavailable("away"));
        CPPUNIT_ASSERT_EQUAL(503, show().status);
        CPPUNIT_ASSERT_EQUAL(503, post(csrf, "leave").status);
        bed_.host.fakeRecords.fail(std::nullopt);
        CPPUNIT_ASSERT(isSignedIn());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LogoutFlowTest);

}  // namespace gatehouse
