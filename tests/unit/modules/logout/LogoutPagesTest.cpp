// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeContext.h>

#include "page/PageRenderer.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class LogoutPagesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LogoutPagesTest);
    CPPUNIT_TEST(theyHaveTheIdsThatTestsAndOperatorsRelyOn);
    CPPUNIT_TEST(noValueIsShownAsMarkup);
    CPPUNIT_TEST_SUITE_END();

    testkit::FakeContext context_;

    static std::unique_ptr<PageRenderer> pages() {
        auto read = PageRenderer::load({ROOT_DIR "/share/pages",
                                        ROOT_DIR "/share/locale",
                                        {},
                                        {ROOT_DIR "/modules/logout/pages"}},
                                       "en");
        CPPUNIT_ASSERT_MESSAGE(read ? "" : read.error().detail, read);
        return *std::move(read);
    }
    std::string show(const PageRenderer& pages, const std::string& name,
                     const std::string& language, const ValueMap& values) const {
        PageView page;
        page.name = name;
        page.language = language;
        page.values = values;
        return pages.respond(context_, BrowserAnswer::show(page)).body;
    }

public:
    void theyHaveTheIdsThatTestsAndOperatorsRelyOn() {
        const auto all = pages();
        for (const auto* language : {"en", "de"}) {
            const auto asked = show(*all, "logout", language, {});
            CPPUNIT_ASSERT(asked.find(" id=\"logout-confirm\"") != std::string::npos);
            CPPUNIT_ASSERT(asked.find(" id=\"logout-cancel\"") != std::string::npos);
            const auto left = show(*all, "logged_out", language, {});
            CPPUNIT_ASSERT(left.find(" id=\"logged-out\"") != std::string::npos);
            CPPUNIT_ASSERT(left.find(" id=\"go-on\"") == std::string::npos);
        }
    }

    void noValueIsShownAsMarkup() {
        const auto all = pages();
        const std::string evil = "\"'><img src=x>";
        const ValueMap values{
            {"action", evil},
            {"csrf", evil},
            {"location", evil},
            {"frames", ValueList{evil}},
            {"has_accounts", true},
            {"accounts",
             ValueList{
                 ValueMap{{"name", evil}, {"login", evil}, {"has_name", true}, {"token", evil}}}},
            {"fields", ValueList{ValueMap{{"name", evil}, {"value", evil}}}}};
        for (const auto* page : {"logout", "logged_out"}) {
            CPPUNIT_ASSERT(show(*all, page, "en", values).find("<img src=x>") == std::string::npos);
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LogoutPagesTest);

}  // namespace gatehouse
