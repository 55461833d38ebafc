// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeContext.h>

#include "page/PageRenderer.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

/// The pages that are installed.
class StockPagesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(StockPagesTest);
    CPPUNIT_TEST(theyHaveNoProblem);
    CPPUNIT_TEST(theyHaveTheIdsThatTestsAndOperatorsRelyOn);
    CPPUNIT_TEST(noValueIsShownAsMarkup);
    CPPUNIT_TEST(onlyFormPostHasAScript);
    CPPUNIT_TEST(clientLinksAreShownWhenThereAreSome);
    CPPUNIT_TEST(onlyAnErrorHasANumberForSupport);
    CPPUNIT_TEST_SUITE_END();

    testkit::FakeContext fakeContext_;
    Context context_ = fakeContext_;
    std::unique_ptr<PageRenderer> renderer_;

    std::string show(const std::string& name, const ValueMap& values,
                     const std::string& language = "en") {
        PageView page;
        page.name = name;
        page.language = language;
        page.values = values;
        return renderer_->respond(context_, BrowserAnswer::show(page)).body;
    }

public:
    void setUp() override {
        auto renderer = PageRenderer::load({SHARE_DIR "/pages", SHARE_DIR "/locale", {}}, "en");
        CPPUNIT_ASSERT_MESSAGE(renderer ? "" : renderer.error().detail, renderer);
        renderer_ = *std::move(renderer);
    }

    void theyHaveNoProblem() {
        const std::vector<std::string> expected{"cs", "de", "en", "es", "fr",
                                                "it", "ja", "nl", "pl", "pt"};
        CPPUNIT_ASSERT(expected == renderer_->languages());
        CPPUNIT_ASSERT(renderer_->icon().find("<svg") == 0);
    }

    void theyHaveTheIdsThatTestsAndOperatorsRelyOn() {
        const std::pair<const char*, std::vector<const char*>> pages[] = {
            {"login", {"login-form", "username", "password", "login-submit", "login-cancel"}},
            {"new_password",
             {"new-password-form", "username", "password", "new_password", "new_password_again",
              "new-password-submit", "login-cancel"}},
            {"account", {"account-form", "account-another", "login-cancel"}},
            {"consent", {"consent-allow", "consent-deny"}},
            {"error", {"oauth-error"}},
            {"home", {"home"}},
        };
        for (const auto& [page, ids] : pages) {
            for (const auto& language : renderer_->languages()) {
                const auto html = show(page, {}, language);
                CPPUNIT_ASSERT(html.find("<html lang=\"" + language + "\">") != std::string::npos);
                for (const auto* id : ids) {
                    CPPUNIT_ASSERT_MESSAGE(id, html.find(" id=\"" + std::string(id) + "\"") !=
                                                   std::string::npos);
                }
            }
        }
    }

    void noValueIsShownAsMarkup() {
        const std::string evil = "\"'><img src=x>";
        const ValueMap client{{"name", evil},   {"logo", evil},  {"uri", evil},
                              {"policy", evil}, {"terms", evil}, {"links", true}};
        const ValueMap values{
            {"client", client},
            {"username", evil},
            {"message", evil},
            {"heading", evil},
            {"link", evil},
            {"link_text", evil},
            {"action", evil},
            {"cancel", evil},
            {"csrf", evil},
            {"accounts",
             ValueList{
                 ValueMap{{"name", evil}, {"login", evil}, {"has_name", true}, {"token", evil}}}},
            {"another", evil},
            {"person", evil},
            {"scopes", ValueList{evil}},
            {"error", evil},
            {"description", evil},
            {"fields", ValueList{ValueMap{{"name", evil}, {"value", evil}}}},
            {"name", evil},
            {"claims", ValueList{ValueMap{{"name", evil}, {"value", evil}}}},
            {"has_claims", true},
            {"id_token", evil},
            {"access_token", evil},
            {"answer", evil},
            {"again", evil},
            {"logout", evil},
            {"begin", evil}};
        for (const auto* page : {"login", "new_password", "account", "consent", "error", "message",
                                 "form_post", "go_on", "home", "demo", "demo_result"}) {
            const auto html = show(page, values);
            CPPUNIT_ASSERT_MESSAGE(page, html.find("<img src=x>") == std::string::npos);
            CPPUNIT_ASSERT_MESSAGE(page, html.find("\"'>") == std::string::npos);
        }
    }

    void onlyFormPostHasAScript() {
        for (const auto* page : {"login", "new_password", "account", "consent", "error", "message",
                                 "go_on", "home", "demo", "demo_result"}) {
            CPPUNIT_ASSERT_MESSAGE(page, show(page, {}).find("<script") == std::string::npos);
        }
        const auto html = show("form_post", {});
        CPPUNIT_ASSERT(html.find("<script>document.forms[0].submit()</script>") !=
                       std::string::npos);
        CPPUNIT_ASSERT(html.find("<button type=\"submit\"") != std::string::npos);
    }

    void clientLinksAreShownWhenThereAreSome() {
        const ValueMap client{{"logo", "https://c.example/logo.png"},
                              {"policy", "https://c.example/policy"},
                              {"terms", "https://c.example/terms"},
                              {"links", true}};
        const auto html = show("login", {{"client", client}});
        CPPUNIT_ASSERT(html.find("src=\"https://c.example/logo.png\"") != std::string::npos);
        CPPUNIT_ASSERT(html.find("href=\"https://c.example/policy\"") != std::string::npos);
        CPPUNIT_ASSERT(html.find("href=\"https://c.example/terms\"") != std::string::npos);
        CPPUNIT_ASSERT(show("login", {}).find("class=\"links\"") == std::string::npos);
    }

    void onlyAnErrorHasANumberForSupport() {
        for (const int status : {200, 400}) {
            const auto answer = renderer_->message("en", "browser", status);
            const auto html = renderer_->respond(context_, answer).body;
            CPPUNIT_ASSERT_EQUAL(status >= 400, html.find(renderer_->text("en", "error.request")) !=
                                                    std::string::npos);
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(StockPagesTest);

}  // namespace gatehouse
