// SPDX-License-Identifier: Apache-2.0
#include "PageFolder.h"
#include "page/PageRenderer.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

/// Mistakes in pages and texts of one's own, and what is told of them.
class PageCheckTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PageCheckTest);
    CPPUNIT_TEST(aMistakeIsToldOnceAndWithItsPlace);
    CPPUNIT_TEST(aFolderIsNoPage);
    CPPUNIT_TEST(aDefaultLanguageWithoutTextsIsToldAlone);
    CPPUNIT_TEST(aLinkOutOfTheFolderShowsNothing);
    CPPUNIT_TEST(whatNeverEndsIsNoPage);
    CPPUNIT_TEST(whatIsRightIsNoMistake);
    CPPUNIT_TEST(pagesOfPluginsHaveValuesOfTheirOwn);
    CPPUNIT_TEST(aNewTextIsInEachLanguageOfOnesOwn);
    CPPUNIT_TEST(filesOfTextsAreNamedAfterTheirLanguage);
    CPPUNIT_TEST_SUITE_END();

    /// What is told of the folder of one's own when all else is good: paths in it are short.
    static std::string told(const PageFolder& folder) {
        const auto renderer = PageRenderer::load(folder.overridden(), "en");
        std::string text = renderer ? "" : renderer.error().detail;
        const auto site = folder.overridden().overrides + "/";
        for (auto at = text.find(site); at != std::string::npos; at = text.find(site)) {
            text.erase(at, site.size());
        }
        return text;
    }
    static std::string told(const std::string& path, const std::string& text) {
        const PageFolder folder;
        furnish(folder);
        folder.write("site/" + path, text);
        return told(folder);
    }
    static void furnish(const PageFolder& folder) {
        folder.write("pages/logged_out.html", "{{>head}}{{client.name}}{{text.hello}}");
        folder.write("pages/parts/head.html", "<html lang={{lang}}>");
        folder.write("locale/de.json", R"({"hello": "Hallo, {name}!"})");
    }

public:
    void aMistakeIsToldOnceAndWithItsPlace() {
        const std::string form = "<form action=\"{{action}}\">\n{{csrf}}</form>\n";
        struct Case {
            std::string path;
            std::string text;
            std::string problem;
        };
        const Case cases[] = {
            {"locale/en.json", "{\n  \"helo\": \"Hi\"}",
             "locale/en.json:2:3: there is no text \"helo\"; did you mean \"hello\"?"},
            {"locale/en.json", R"({"hello": "Hello, {nme}!"})",
             "locale/en.json:1:2: \"hello\": there is no value \"nme\"; did you mean \"name\"?"},
            {"locale/fr.json", "{}", "locale/fr.json: \"hello\" is missing"},
            {"locale/fr.json", "{",
             "locale/fr.json:1:2: is not JSON from here on, or the name before it stands twice or "
             "is one too many"},
            {"locale/french.json", "{}",
             "locale/french.json: \"french\" is no language tag (BCP 47), such as \"fr\" or "
             "\"pt-BR\""},
            {"locale/pt_br.json", "{}",
             "locale/pt_br.json: \"pt_br\" is not how the language is written; rename it to "
             "pt-BR.json"},
            {"parts/head.html", "\n{{>head}}", "parts/head.html:2:1: the part contains itself"},
            {"parts/head.html", "{{>hed}}",
             "parts/head.html:1:1: there is no part \"hed\"; did you mean \"head\"?"},
            {"parts/hed.html", "", "parts/hed.html: no page uses it; did you mean \"head.html\"?"},
            {"logn.html", "", "logn.html: there is no such page; did you mean \"login.html\"?"},
            {"login.html", form + "ä {{#foo}}", "login.html:3:3: Unclosed section \"foo\""},
            {"login.html", form + "{{/lang}}", "login.html:3:1: Unopened section \"lang\""},
            {"login.html", form + "{{lang", "login.html:3:1: Unclosed tag"},
            {"login.html", form + "Gr\xfc\xdf",
             "login.html:3:3: is not UTF-8; save the file as UTF-8"},
            {"login.html", form + "{{text.helo}}",
             "login.html:3:1: there is no text \"helo\"; did you mean \"hello\"?"},
            {"login.html", form + "{{clint.name}}",
             "login.html:3:1: there is no value \"clint.name\"; did you mean \"client.name\"?"},
            {"login.html", form + "{{#everything}}x{{/everything}}",
             "login.html:3:1: there is no value \"everything\""},
            {"login.html", "{{action}}", "login.html: {{csrf}} is missing"},
            {"style.css", "p {}\n</style>", "style.css:2:1: \"</\" would end the style element"},
        };
        for (const auto& each : cases) {
            CPPUNIT_ASSERT_EQUAL(each.problem, told(each.path, each.text));
        }
    }

    void aFolderIsNoPage() {
        CPPUNIT_ASSERT_EQUAL(std::string("login.html is a folder, not a file"),
                             told("login.html/index.html", ""));
        CPPUNIT_ASSERT_EQUAL(std::string("locale cannot be read: Not a directory"),
                             told("locale", ""));
    }

    void aLinkOutOfTheFolderShowsNothing() {
        const PageFolder folder;
        furnish(folder);
        folder.write("root.secret", "p { color: secret }");
        folder.write("site/parts/..data/head.html", "<html>");
        folder.link("site/parts/head.html", "..data/head.html");
        CPPUNIT_ASSERT_EQUAL(std::string(), told(folder));
        folder.write("site/locale/README", "");
        for (const std::string name : {"style.css", "icon.svg", "login.html", "locale/en.json"}) {
            const std::string up = name.find('/') == std::string::npos ? "../" : "../../";
            folder.link("site/" + name, up + "root.secret");
            const std::string said = name + " is a link that leads out of ";
            CPPUNIT_ASSERT_EQUAL(said, told(folder).substr(0, said.size()));
            folder.remove("site/" + name);
        }
    }

    void whatNeverEndsIsNoPage() {
        const PageFolder folder;
        furnish(folder);
        folder.write("site/style.css", std::string((1 << 20U) + 1, ' '));
        CPPUNIT_ASSERT_EQUAL(std::string("style.css is larger than 1 MiB"), told(folder));
        folder.remove("site/style.css");
        folder.pipe("site/style.css");
        CPPUNIT_ASSERT_EQUAL(std::string("style.css is not a regular file"), told(folder));
        folder.remove("site/style.css");
        folder.link("site/icon.svg", "/dev/zero");
        CPPUNIT_ASSERT_EQUAL(std::string("icon.svg is a link that leads out of "),
                             told(folder).substr(0, 37));
    }

    void aDefaultLanguageWithoutTextsIsToldAlone() {
        const PageFolder folder;
        furnish(folder);
        const auto renderer = PageRenderer::load(folder.folders(), "fr");
        CPPUNIT_ASSERT_EQUAL(std::string("the default language \"fr\" has no texts"),
                             renderer.error().detail);
    }

    void whatIsRightIsNoMistake() {
        const PageFolder folder;
        furnish(folder);
        folder.write("site/locale/en.json", R"({"hello": "{client.name}", "scope.mine": "Mine"})");
        folder.write("site/locale/fr.json", R"({"hello": "Bonjour"})");
        folder.write("site/login.html",
                     "{{>head}}{{>mine}}{{!note}}{{ text.hello }}{{&action}}{{ csrf }}{{{style}}}"
                     "{{#client}}{{name}}{{/client}}<form>{{action}}</form>");
        folder.write("site/parts/head.html", "<html>{{style}}");
        folder.write("pages/parts/head.html", "<html>{{lang}}{{style}}");
        folder.write("site/parts/mine.html", "{{lang}}");
        folder.write("site/logo.png", "\x89PNG");
        folder.write("site/login.html.bak", "{{#");
        CPPUNIT_ASSERT_EQUAL(std::string(), told(folder));
    }

    void pagesOfPluginsHaveValuesOfTheirOwn() {
        const PageFolder folder;
        furnish(folder);
        folder.write("site/code.html", "{{digits}}{{text.code.sent}}{{>code_form}}");
        folder.write("site/parts/code_form.html", "{{again}}");
        for (const auto* language : {"en", "de"}) {
            folder.write(std::string("site/locale/") + language + ".json",
                         R"({"code.sent": "To {phone}"})");
        }
        CPPUNIT_ASSERT_EQUAL(std::string(), told(folder));
    }

    void aNewTextIsInEachLanguageOfOnesOwn() {
        const PageFolder folder;
        furnish(folder);
        folder.write("site/logged_out.html", "{{text.news}}");
        folder.write("site/locale/en.json", R"({"news": "New"})");
        CPPUNIT_ASSERT_EQUAL(std::string(), told(folder));
        folder.write("site/locale/de.json", R"({"hello": "Hallo!"})");
        CPPUNIT_ASSERT_EQUAL(
            std::string("locale/en.json:1:2: \"news\" is not in de.json, and a new "
                        "text has to be in every language that is yours"),
            told(folder));
        folder.write("site/locale/de.json", R"({"news": "Neu"})");
        CPPUNIT_ASSERT_EQUAL(std::string(), told(folder));
        folder.remove("site/locale/en.json");
        CPPUNIT_ASSERT_EQUAL(std::string("logged_out.html:1:1: there is no text \"news\""),
                             told(folder));
    }

    void filesOfTextsAreNamedAfterTheirLanguage() {
        for (const auto* name :
             {"fr", "gsw", "pt-BR", "zh-Hant", "zh-Hant-TW", "es-419", "de-1996", "sl-nedis"}) {
            CPPUNIT_ASSERT_EQUAL(
                std::string(), told("locale/" + std::string(name) + ".json", R"({"hello": "Hi"})"));
        }
        for (const auto* name :
             {"x", "french", "de-", "-", "de--AT", "en-u-co-phonebk", "fr copy", "é"}) {
            const auto problem = told("locale/" + std::string(name) + ".json", "{}");
            CPPUNIT_ASSERT_MESSAGE(name, problem.find("no language tag") != std::string::npos);
        }
        const std::pair<const char*, const char*> renamed[] = {
            {"EN", "en"}, {"pt_BR", "pt-BR"}, {"ZH-HANT-tw", "zh-Hant-TW"}, {"de-DE-1996_X", ""}};
        for (const auto& [name, expected] : renamed) {
            const auto problem = told("locale/" + std::string(name) + ".json", "{}");
            const auto advice = *expected == '\0'
                                    ? "no language tag"
                                    : "rename it to " + std::string(expected) + ".json";
            CPPUNIT_ASSERT_MESSAGE(problem, problem.find(advice) != std::string::npos);
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PageCheckTest);

}  // namespace gatehouse
