// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/Together.h>

#include "LoginBed.h"

#include <cppunit/extensions/HelperMacros.h>

#include <atomic>
#include <vector>

namespace gatehouse {

/// Several tabs of one browser, at once.
class LoginTabsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LoginTabsTest);
    CPPUNIT_TEST(ofManyTabsWithOneRequestOneIsAnswered);
    CPPUNIT_TEST_SUITE_END();

    LoginBed bed_;
    FakeBrowser browser_;

public:
    /// RFC 9126 section 4.
    void ofManyTabsWithOneRequestOneIsAnswered() {
        constexpr int tabs = 8;
        bed_.journey(browser_);
        bed_.shelf.kept = LoginBed::request("prompt=consent");
        std::vector<BrowserAnswer> shown;
        for (int tab = 0; tab < tabs; ++tab) {
            shown.push_back(bed_.follow(browser_, bed_.authorizeFromShelf(browser_)));
        }
        std::atomic<int> codes{0};
        std::atomic<int> refusals{0};
        testkit::together(tabs, [&](int tab) {
            FakeBrowser own = browser_;
            const auto back =
                LoginBed::back(bed_.decide(own, shown[static_cast<std::size_t>(tab)], "allow"));
            codes += back.has("code") ? 1 : 0;
            refusals += back.text("error") == OAuthCode::invalidRequestUri ? 1 : 0;
        });
        CPPUNIT_ASSERT_EQUAL(1, codes.load());
        CPPUNIT_ASSERT_EQUAL(tabs - 1, refusals.load());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LoginTabsTest);

}  // namespace gatehouse
