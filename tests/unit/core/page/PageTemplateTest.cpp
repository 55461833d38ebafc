// SPDX-License-Identifier: Apache-2.0
#include "page/PageTemplate.h"

#include <cppunit/extensions/HelperMacros.h>

#include <thread>

namespace gatehouse {

class PageTemplateTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PageTemplateTest);
    CPPUNIT_TEST(valuesAreEscaped);
    CPPUNIT_TEST(whatIsEmptyIsLeftOut);
    CPPUNIT_TEST(listsAreRepeated);
    CPPUNIT_TEST(aNameWithADotLooksIntoAMap);
    CPPUNIT_TEST(textsAreEscapedAndTheirValuesToo);
    CPPUNIT_TEST(richTextsMakeTheirValuesStrong);
    CPPUNIT_TEST(aValueIsNeverReadAsATemplate);
    CPPUNIT_TEST(partsArePutInPlace);
    CPPUNIT_TEST(whatIsWrongIsToldWithItsFile);
    CPPUNIT_TEST(aPageOfOnesOwnNeedsATitleAndIsToldOnce);
    CPPUNIT_TEST(aTextThatSpoilsItsPageIsTold);
    CPPUNIT_TEST(delimitersCanBeChanged);
    CPPUNIT_TEST(aTextThatOpensATagIsTold);
    CPPUNIT_TEST(scriptsAreNamedByTheirHash);
    CPPUNIT_TEST(manyThreadsRenderTheSameTemplate);
    CPPUNIT_TEST_SUITE_END();

    std::vector<std::string> problems_;

    std::unique_ptr<PageTemplate> compile(const std::string& text, const std::string& part = {}) {
        problems_.clear();
        PageFiles files;
        files.pages["page"] = {"page.html", text};
        files.parts["part"] = {"parts/part.html", part};
        const auto texts = Texts::load(
            {{"en", {{"en.json", R"({"page.title": "Title", "hello": "<Hello>, {name}!"})"}}}},
            "en", problems_);
        return std::make_unique<PageTemplate>("page", files, texts, "en", problems_);
    }
    std::string render(const std::string& text, const ValueMap& values) {
        const auto page = compile(text);
        CPPUNIT_ASSERT(problems_.empty());
        return page->render(values, {{"lang", "en"}});
    }

public:
    void valuesAreEscaped() {
        const ValueMap values{{"v", "<script>\"'&"}};
        CPPUNIT_ASSERT_EQUAL(std::string("<p title=\"&lt;script&gt;&quot;&#39;&amp;\">en</p>"),
                             render("<p title=\"{{v}}\">{{lang}}</p>", values));
    }

    void whatIsEmptyIsLeftOut() {
        const std::string text = "{{#a}}[{{a}}]{{/a}}{{^a}}none{{/a}}";
        for (const auto& empty : {Value(""), Value(false), Value(), Value(ValueList{})}) {
            CPPUNIT_ASSERT_EQUAL(std::string("none"), render(text, {{"a", empty}}));
        }
        CPPUNIT_ASSERT_EQUAL(std::string("none"), render(text, {}));
        CPPUNIT_ASSERT_EQUAL(std::string("[x]"), render(text, {{"a", "x"}}));
    }

    void listsAreRepeated() {
        const ValueMap values{{"rows", ValueList{ValueMap{{"n", "<1>"}}, ValueMap{{"n", 2}}}},
                              {"words", ValueList{"<a>", "b"}}};
        CPPUNIT_ASSERT_EQUAL(std::string("&lt;1&gt;;2;&lt;a&gt;,b,"),
                             render("{{#rows}}{{n}};{{/rows}}{{#words}}{{.}},{{/words}}", values));
    }

    void aNameWithADotLooksIntoAMap() {
        const ValueMap values{{"client", ValueMap{{"name", "<Shop>"}}},
                              {"rows", ValueList{ValueMap{{"item", ValueMap{{"n", 1}}}}}},
                              {"plain", "text"}};
        CPPUNIT_ASSERT_EQUAL(std::string("&lt;Shop&gt;[1 &lt;Shop&gt;]no none"),
                             render("{{client.name}}{{#rows}}[{{item.n}} {{client.name}}]{{/rows}}"
                                    "{{^client.logo}}no{{/client.logo}} "
                                    "{{^plain.name}}none{{/plain.name}}{{client.name.first}}",
                                    values));
    }

    void textsAreEscapedAndTheirValuesToo() {
        const ValueMap values{{"name", "<b>"}};
        CPPUNIT_ASSERT_EQUAL(std::string("&lt;Hello&gt;, &lt;b&gt;! Title"),
                             render("{{text.hello}} {{text.page_title}}", values));
    }

    void richTextsMakeTheirValuesStrong() {
        const ValueMap values{{"name", "<b>"}};
        CPPUNIT_ASSERT_EQUAL(std::string("&lt;Hello&gt;, <strong>&lt;b&gt;</strong>!"),
                             render("{{rich.hello}}", values));
    }

    void aValueIsNeverReadAsATemplate() {
        const ValueMap values{{"name", "{{secret}}{{{secret}}}"}, {"secret", "told"}};
        const auto html = render("{{text.hello}}{{name}}", values);
        CPPUNIT_ASSERT(html.find("told") == std::string::npos);
    }

    void partsArePutInPlace() {
        const auto page = compile("a{{>part}}c", "[{{v}}{{text.page_title}}]");
        CPPUNIT_ASSERT(problems_.empty());
        const ValueMap values{{"v", "b"}};
        CPPUNIT_ASSERT_EQUAL(std::string("a[bTitle]c"), page->render(values, {}));
    }

    void whatIsWrongIsToldWithItsFile() {
        compile("<script>x = {{a}}</script>");
        const std::vector<std::string> expected{"page.html: a script must not contain values"};
        CPPUNIT_ASSERT(expected == problems_);
    }

    void aPageOfOnesOwnNeedsATitleAndIsToldOnce() {
        PageFiles files;
        files.pages["code"] = {"code.html", "{{text.page_title}}"};
        const auto texts = Texts::load({{"en", {{"en.json", "{}"}}}, {"de", {{"de.json", "{}"}}}},
                                       "en", problems_);
        const PageTemplate english("code", files, texts, "en", problems_);
        const PageTemplate german("code", files, texts, "de", problems_);
        const std::vector<std::string> expected{"code.html: there is no text \"code.title\""};
        CPPUNIT_ASSERT(expected == problems_);
    }

    void aTextThatSpoilsItsPageIsTold() {
        PageFiles files;
        files.pages["page"] = {"page.html", "{{text.hello}}"};
        const auto texts =
            Texts::load({{"en", {{"en.json", R"({"hello": "{#name}"})"}}}}, "en", problems_);
        const PageTemplate page("page", files, texts, "en", problems_);
        const std::vector<std::string> expected{"page.html: Unclosed section \"name\" at 0"};
        CPPUNIT_ASSERT(expected == problems_);
    }

    /// Held before constants were taken out.
    void delimitersCanBeChanged() {
        CPPUNIT_ASSERT_EQUAL(std::string("<p>one</p> <p>x</p> <b>two</b>"),
                             render("<p>one</p> {{=<% %>=}}<p><%v%></p> <b>two</b>", {{"v", "x"}}));
    }

    void aTextThatOpensATagIsTold() {
        PageFiles files;
        files.pages["page"] = {"page.html", "<p>{{text.hello}}</p>"};
        const auto texts =
            Texts::load({{"en", {{"en.json", R"({"hello": "write {{ or"})"}}}}, "en", problems_);
        const PageTemplate page("page", files, texts, "en", problems_);
        CPPUNIT_ASSERT(!problems_.empty());
    }

    void scriptsAreNamedByTheirHash() {
        const auto page = compile("<script>document.forms[0].submit()</script>");
        CPPUNIT_ASSERT_EQUAL(std::string(" 'sha256-ePniVEkSivX/c7XWBGafqh8tSpiRrKiqYeqbG7N1TOE='"),
                             page->scriptSources());
        CPPUNIT_ASSERT_EQUAL(std::string(), compile("no script")->scriptSources());
    }

    void manyThreadsRenderTheSameTemplate() {
        const auto page = compile("{{#rows}}{{name}} {{/rows}}{{text.hello}}");
        const auto use = [&page](const std::string& name, bool& isRight) {
            const ValueMap values{{"name", name},
                                  {"rows", ValueList{ValueMap{{"name", name}}, ValueMap{}}}};
            const auto expected = name + " " + name + " &lt;Hello&gt;, " + name + "!";
            isRight = true;
            for (int i = 0; i < 200; ++i) {
                isRight = isRight && page->render(values, {}) == expected;
            }
        };
        bool first = false;
        bool second = false;
        std::thread other(use, "one", std::ref(first));
        use("two", second);
        other.join();
        CPPUNIT_ASSERT(first);
        CPPUNIT_ASSERT(second);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PageTemplateTest);

}  // namespace gatehouse
