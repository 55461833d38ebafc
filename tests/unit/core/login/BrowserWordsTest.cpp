// SPDX-License-Identifier: Apache-2.0
#include "login/BrowserWords.h"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

namespace gatehouse {

class BrowserWordsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(BrowserWordsTest);
    CPPUNIT_TEST(browsersAreKnown);
    CPPUNIT_TEST(whatIsUnknownHasNoWords);
    CPPUNIT_TEST(eventsAreToldWhatIsKnown);
    CPPUNIT_TEST_SUITE_END();

    static void assertIs(const std::string& name, const std::string& system,
                         const std::string& field) {
        const auto browser = browserOf(field);
        CPPUNIT_ASSERT_EQUAL(name, browser.name);
        CPPUNIT_ASSERT_EQUAL(system, browser.system);
    }

public:
    void browsersAreKnown() {
        assertIs("Firefox", "Linux",
                 "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
        assertIs("Chrome", "Android",
                 "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
                 "Chrome/140.0.0.0 Mobile Safari/537.36");
        assertIs("Edge", "Windows",
                 "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like "
                 "Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0");
        assertIs("Safari", "iPhone",
                 "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 "
                 "(KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1");
        assertIs("Safari", "macOS",
                 "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, "
                 "like Gecko) Version/18.6 Safari/605.1.15");
    }

    void whatIsUnknownHasNoWords() {
        assertIs("", "", "");
        assertIs("", "", "<script>alert(1)</script>");
        assertIs("", "", std::string(100'000, 'x'));
    }

    void eventsAreToldWhatIsKnown() {
        ValueMap details{{"login", "ada"}};
        tellBrowser({}, details);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, details.size());
        HttpRequest http;
        http.headers.push_back({"user-agent", "Gecko Firefox/140.0"});
        tellBrowser(http, details);
        CPPUNIT_ASSERT_EQUAL(std::string("Firefox"), std::string(details.text("browser")));
        CPPUNIT_ASSERT(!details.contains("system"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(BrowserWordsTest);

}  // namespace gatehouse
