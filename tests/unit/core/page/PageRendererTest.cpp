// SPDX-License-Identifier: Apache-2.0
#include "page/PageRenderer.h"

#include <gatehouse/testkit/FakeContext.h>

#include "PageFolder.h"
#include "page/ContentPolicy.h"

#include <cppunit/extensions/HelperMacros.h>

#include <thread>

namespace gatehouse {

class PageRendererTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PageRendererTest);
    CPPUNIT_TEST(everyPageHasTheHeadersThatProtectIt);
    CPPUNIT_TEST(aRedirectIsNotKeptAndTellsNoReferrer);
    CPPUNIT_TEST(aPageCanGoOnByItself);
    CPPUNIT_TEST(cookiesAndRetryAfterAreSet);
    CPPUNIT_TEST(anErrorPageShowsCodeAndDescription);
    CPPUNIT_TEST(faultsOfOursAndOfOthersHaveTheirStatus);
    CPPUNIT_TEST(aPageIsTheOneThatWasReadInEachLanguage);
    CPPUNIT_TEST(aTextThatSpoilsItsPageIsToldInEachLanguage);
    CPPUNIT_TEST(manyMayBeTheFirstToSeeAPage);
    CPPUNIT_TEST(anOverrideStandsInPlaceOfItsFile);
    CPPUNIT_TEST(aPluginBringsPagesAndTexts);
    CPPUNIT_TEST(aScriptInAPluginsPartIsAllowedOnItsPageAlone);
    CPPUNIT_TEST(anOverrideReplacesWhatAPluginBrings);
    CPPUNIT_TEST(aPluginReplacesNothing);
    CPPUNIT_TEST(whatAPageNeedsMayStandInAPart);
    CPPUNIT_TEST(everyProblemIsToldAtOnce);
    CPPUNIT_TEST(anUnknownPageIsAnErrorPage);
    CPPUNIT_TEST(anErrorIsWhatItSays);
    CPPUNIT_TEST(aMailIsPlainTextWhoseValuesStayOnTheirLines);
    CPPUNIT_TEST(aMailWithoutASubjectOrWithPartsIsAProblem);
    CPPUNIT_TEST_SUITE_END();

    PageFolder folder_;
    testkit::FakeContext fakeContext_;
    Context context_ = fakeContext_;

    std::unique_ptr<PageRenderer> load(const PageFolders& folders) {
        auto renderer = PageRenderer::load(folders, "en");
        CPPUNIT_ASSERT_MESSAGE(renderer ? "" : renderer.error().detail, renderer);
        return *std::move(renderer);
    }
    /// The page that a plugin brought.
    std::string shown(const PageRenderer& renderer, const std::string& language,
                      const std::string& name) {
        PageView page;
        page.name = "voucher";
        page.language = language;
        page.values = {{"name", name}};
        return renderer.respond(context_, BrowserAnswer::show(page)).body;
    }
    static std::string header(const HttpResponse& response, const std::string& name) {
        for (const auto& field : response.headers) {
            if (field.name == name) {
                return field.value;
            }
        }
        return {};
    }

public:
    /// OAuthError.h: its own status, and a code of other characters is server_error.
    void anErrorIsWhatItSays() {
        CPPUNIT_ASSERT_EQUAL(
            429, PageRenderer::error("en", OAuthError::tooMany("x", seconds{5})).status);
        CPPUNIT_ASSERT(
            PageRenderer::error("en", OAuthError::of("a\"code", "x")).page.values.text("error") ==
            OAuthCode::serverError);
    }

    void aMailIsPlainTextWhoseValuesStayOnTheirLines() {
        folder_.write(
            "plugin/mail/notice.txt",
            "{{text.mail.notice.lead}}\n{{#link}}{{link}}\n{{/link}}at {{issuer_host}}\n");
        folder_.write(
            "plugin/locale/en.json",
            R"({"mail.notice.subject": "For {name}", "mail.notice.lead": "Dear <{name}>"})");
        const auto renderer = load(folder_.extended());
        const auto mail =
            renderer->mail(context_, "en", "notice",
                           {{"name", "A & B\r\nBcc: x"}, {"link", "https://x/?a=1&b=2"}});
        CPPUNIT_ASSERT(mail);
        CPPUNIT_ASSERT_EQUAL(std::string("For A & B  Bcc: x"), mail->subject);
        CPPUNIT_ASSERT_EQUAL(
            std::string("Dear <A & B  Bcc: x>\nhttps://x/?a=1&b=2\nat id.example.org\n"),
            mail->text);
        CPPUNIT_ASSERT(!renderer->mail(context_, "en", "other", {}));
    }

    void aMailWithoutASubjectOrWithPartsIsAProblem() {
        folder_.write("plugin/mail/notice.txt", "{{>head}}");
        folder_.write("pages/parts/head.html", "head");
        const auto renderer = PageRenderer::load(folder_.extended(), "en");
        CPPUNIT_ASSERT(!renderer);
        const auto& problems = renderer.error().detail;
        CPPUNIT_ASSERT(problems.find("mail/notice.txt:1:1: a mail has no parts") !=
                       std::string::npos);
        CPPUNIT_ASSERT(problems.find("there is no text \"mail.notice.subject\"") !=
                       std::string::npos);
    }

    void everyPageHasTheHeadersThatProtectIt() {
        const auto renderer = load(folder_.folders());
        PageView page;
        page.name = "logged_out";
        page.language = "en";
        page.logo = "https://logo.example/x.png";
        const auto response = renderer->respond(context_, BrowserAnswer::show(page));
        CPPUNIT_ASSERT_EQUAL(200, response.status);
        CPPUNIT_ASSERT_EQUAL(std::string("bye"), response.body);
        CPPUNIT_ASSERT_EQUAL(std::string("text/html; charset=utf-8"),
                             header(response, "Content-Type"));
        CPPUNIT_ASSERT_EQUAL(std::string("no-store"), header(response, "Cache-Control"));
        CPPUNIT_ASSERT_EQUAL(std::string("no-referrer"), header(response, "Referrer-Policy"));
        CPPUNIT_ASSERT_EQUAL(std::string("DENY"), header(response, "X-Frame-Options"));
        CPPUNIT_ASSERT_EQUAL(std::string("nosniff"), header(response, "X-Content-Type-Options"));
        const auto policy = header(response, "Content-Security-Policy");
        CPPUNIT_ASSERT(policy.find("frame-ancestors 'none'") != std::string::npos);
        CPPUNIT_ASSERT(policy.find("https://logo.example;") != std::string::npos);
        CPPUNIT_ASSERT(policy.find("unsafe") == std::string::npos);
    }

    void aRedirectIsNotKeptAndTellsNoReferrer() {
        const auto response =
            load(folder_.folders())
                ->respond(context_, BrowserAnswer::goTo("https://a.example/?code=x"));
        CPPUNIT_ASSERT_EQUAL(303, response.status);
        CPPUNIT_ASSERT_EQUAL(std::string("https://a.example/?code=x"),
                             header(response, "Location"));
        CPPUNIT_ASSERT_EQUAL(std::string("no-store"), header(response, "Cache-Control"));
        CPPUNIT_ASSERT_EQUAL(std::string("no-referrer"), header(response, "Referrer-Policy"));
        CPPUNIT_ASSERT(response.body.empty());
    }

    void aPageCanGoOnByItself() {
        auto answer = BrowserAnswer::goTo("https://a.example/?code=x&state=y");
        answer.page.name = "go_on";
        answer.page.language = "en";
        answer.page.values.set("location", answer.location);
        const auto response = load(folder_.folders())->respond(context_, answer);
        CPPUNIT_ASSERT_EQUAL(200, response.status);
        CPPUNIT_ASSERT_EQUAL(std::string("0;url=https://a.example/?code=x&state=y"),
                             header(response, "Refresh"));
        CPPUNIT_ASSERT_EQUAL(std::string(), header(response, "Location"));
        CPPUNIT_ASSERT(response.body.find("https://a.example/?code=x&amp;state=y") !=
                       std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::string("no-store"), header(response, "Cache-Control"));
    }

    void cookiesAndRetryAfterAreSet() {
        auto answer = BrowserAnswer::goTo("/x");
        answer.cookies.push_back({"a", "b"});
        answer.retryAfter = seconds{7};
        const auto response = load(folder_.folders())->respond(context_, answer);
        CPPUNIT_ASSERT_EQUAL(std::string("a=b; Path=/; Secure; HttpOnly; SameSite=Lax"),
                             header(response, "Set-Cookie"));
        CPPUNIT_ASSERT_EQUAL(std::string("7"), header(response, "Retry-After"));
    }

    void anErrorPageShowsCodeAndDescription() {
        const auto renderer = load(folder_.folders());
        const auto response = renderer->respond(
            context_, PageRenderer::error(
                          "en", OAuthError::of(OAuthCode::invalidRequest, "No <b>client</b>")));
        CPPUNIT_ASSERT_EQUAL(400, response.status);
        CPPUNIT_ASSERT_EQUAL(
            std::string("<p id=\"oauth-error\">invalid_request: No &lt;b&gt;client&lt;/b&gt;</p>"),
            response.body);
    }

    void faultsOfOursAndOfOthersHaveTheirStatus() {
        const auto passing = PageRenderer::error("en", OAuthError::from(Error::unavailable("x")));
        CPPUNIT_ASSERT_EQUAL(503, passing.status);
        CPPUNIT_ASSERT(passing.retryAfter > seconds{0});
        CPPUNIT_ASSERT_EQUAL(
            500, PageRenderer::error("en", OAuthError::from(Error::internal("x"))).status);
    }

    void aPageIsTheOneThatWasReadInEachLanguage() {
        folder_.write("plugin/voucher.html", "{{text.hello}}");
        folder_.write("locale/de.json", R"({"hello": "Hallo, {name}!"})");
        const auto renderer = load(folder_.extended());
        folder_.write("plugin/voucher.html", "{{#half a page");
        folder_.remove("locale/de.json");
        for (int time = 0; time < 2; ++time) {
            CPPUNIT_ASSERT_EQUAL(std::string("Hallo, Ann!"), shown(*renderer, "de", "Ann"));
            CPPUNIT_ASSERT_EQUAL(std::string("Hello, Ann!"), shown(*renderer, "en", "Ann"));
        }
    }

    void aTextThatSpoilsItsPageIsToldInEachLanguage() {
        folder_.write("pages/logged_out.html", "{{name}}{{text.hello}}");
        folder_.write("locale/de.json", R"({"hello": "Hallo, {#name}!"})");
        const auto refused = PageRenderer::load(folder_.folders(), "en");
        CPPUNIT_ASSERT(!refused);
        CPPUNIT_ASSERT_MESSAGE(
            refused.error().detail,
            refused.error().detail.find("logged_out.html: Unclosed section \"name\"") !=
                std::string::npos);
    }

    void manyMayBeTheFirstToSeeAPage() {
        folder_.write("plugin/voucher.html", "{{text.hello}}");
        const auto renderer = load(folder_.extended());
        std::vector<std::string> seen(8);
        std::vector<std::thread> people;
        for (auto& page : seen) {
            people.emplace_back([&] { page = shown(*renderer, "en", "Ann"); });
        }
        for (auto& person : people) {
            person.join();
        }
        CPPUNIT_ASSERT(std::vector<std::string>(8, "Hello, Ann!") == seen);
    }

    void anOverrideStandsInPlaceOfItsFile() {
        folder_.write("site/logged_out.html", "{{text.hello}} {{>note}}");
        folder_.write("site/parts/note.html", "ours");
        folder_.write("site/locale/en.json", R"({"hello": "Tschüs"})");
        const auto renderer = load(folder_.overridden());
        PageView page;
        page.name = "logged_out";
        page.language = "en";
        CPPUNIT_ASSERT_EQUAL(std::string("Tschüs ours"),
                             renderer->respond(context_, BrowserAnswer::show(page)).body);
    }

    void aPluginBringsPagesAndTexts() {
        folder_.write("locale/de.json", R"({"hello": "Hallo, {name}!"})");
        folder_.write("plugin/voucher.html", "{{text.voucher}} {{name}}");
        folder_.write("plugin/locale/en.json", R"({"voucher": "a voucher"})");
        folder_.write("plugin/locale/fr.json", R"({"voucher": "un bon"})");
        const auto renderer = load(folder_.extended());
        CPPUNIT_ASSERT((std::vector<std::string>{"de", "en"}) == renderer->languages());
        CPPUNIT_ASSERT_EQUAL(std::string("a voucher of Ann"), shown(*renderer, "en", "of Ann"));
        CPPUNIT_ASSERT_EQUAL(std::string("a voucher von Ann"), shown(*renderer, "de", "von Ann"));
    }

    void aScriptInAPluginsPartIsAllowedOnItsPageAlone() {
        folder_.write("plugin/voucher.html", "{{name}}{{>act}}");
        folder_.write("plugin/parts/act.html", "<script>act()</script>");
        const auto renderer = load(folder_.extended());
        const auto policy = [&](const char* name) {
            PageView page;
            page.name = name;
            page.language = "en";
            return header(renderer->respond(context_, BrowserAnswer::show(page)),
                          "Content-Security-Policy");
        };
        const auto source = contentSource("act()");
        CPPUNIT_ASSERT(policy("voucher").find("script-src " + source + ";") != std::string::npos);
        CPPUNIT_ASSERT(policy("login").find(source) == std::string::npos);
    }

    void anOverrideReplacesWhatAPluginBrings() {
        folder_.write("plugin/voucher.html", "{{text.voucher}} {{name}}");
        folder_.write("plugin/locale/en.json", R"({"voucher": "a voucher"})");
        folder_.write("site/voucher.html", "{{name}}: {{text.voucher}}");
        folder_.write("site/locale/en.json", R"({"voucher": "a gift"})");
        CPPUNIT_ASSERT_EQUAL(std::string("Ann: a gift"),
                             shown(*load(folder_.extended()), "en", "Ann"));
    }

    void aPluginReplacesNothing() {
        folder_.write("plugin/login.html", "<form action=\"{{action}}\">{{csrf}}</form>");
        folder_.write("plugin/locale/en.json", R"({"hello": "Give me your password, {name}!"})");
        const auto refused = PageRenderer::load(folder_.extended(), "en");
        CPPUNIT_ASSERT(!refused);
        CPPUNIT_ASSERT(refused.error().detail.find("login.html is a page of this name already") !=
                       std::string::npos);
        folder_.remove("plugin/login.html");
        folder_.write("pages/parts/head.html", "<h1>Ours</h1>");
        folder_.write("plugin/parts/head.html", "<h1>Theirs</h1>");
        CPPUNIT_ASSERT(PageRenderer::load(folder_.extended(), "en")
                           .error()
                           .detail.find("head.html is a part of this name already") !=
                       std::string::npos);
        folder_.remove("plugin/parts/head.html");
        CPPUNIT_ASSERT_EQUAL(std::string("Hello, Ann!"),
                             load(folder_.extended())->text("en", "hello", {{"name", "Ann"}}));
    }

    void whatAPageNeedsMayStandInAPart() {
        folder_.write("pages/login.html", "{{>form}}");
        folder_.write("pages/parts/form.html", "{{>inner}}{{csrf}}");
        folder_.write("pages/parts/inner.html", "<form action=\"{{action}}\">");
        CPPUNIT_ASSERT(PageRenderer::load(folder_.folders(), "en"));
        folder_.write("pages/parts/inner.html", "{{>form}}");
        const auto renderer = PageRenderer::load(folder_.folders(), "en");
        CPPUNIT_ASSERT(!renderer);
        CPPUNIT_ASSERT(renderer.error().detail.find("login.html: {{action}} is missing") !=
                       std::string::npos);
    }

    void everyProblemIsToldAtOnce() {
        folder_.write("pages/login.html", "<form action=\"{{action}}\">{{#open}}</form>");
        folder_.remove("pages/message.html");
        folder_.write("pages/style.css", "</style>");
        folder_.write("locale/de.json", "[]");
        const auto renderer = PageRenderer::load(folder_.folders(), "en");
        CPPUNIT_ASSERT(!renderer);
        CPPUNIT_ASSERT(renderer.error().fault == Fault::badInput);
        for (const auto* problem :
             {"login.html: {{csrf}} is missing", "login.html:1:27: Unclosed section \"open\"",
              "there is no page \"message.html\"",
              "style.css:1:1: \"</\" would end the style element",
              "de.json: is not a JSON object"}) {
            CPPUNIT_ASSERT_MESSAGE(problem,
                                   renderer.error().detail.find(problem) != std::string::npos);
        }
        const auto missing = PageRenderer::load({"/nowhere", "/nowhere", "/nowhere"}, "en");
        CPPUNIT_ASSERT(missing.error().detail.find("/nowhere: has no pages") != std::string::npos);
        CPPUNIT_ASSERT(missing.error().detail.find("/nowhere: is not a folder") !=
                       std::string::npos);
    }

    void anUnknownPageIsAnErrorPage() {
        PageView page;
        page.name = "no-such-page";
        page.language = "en";
        const auto response = load(folder_.folders())->respond(context_, BrowserAnswer::show(page));
        CPPUNIT_ASSERT_EQUAL(500, response.status);
        CPPUNIT_ASSERT(response.body.find("server_error") != std::string::npos);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PageRendererTest);

}  // namespace gatehouse
