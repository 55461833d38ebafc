// SPDX-License-Identifier: Apache-2.0
#include "page/Texts.h"

#include "page/TextCheck.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class TextsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TextsTest);
    CPPUNIT_TEST(theBestLanguageIsChosen);
    CPPUNIT_TEST(aLongHeaderIsNotReadToItsEnd);
    CPPUNIT_TEST(valuesStandWhereTheTextNamesThem);
    CPPUNIT_TEST(anUnknownTextIsEmpty);
    CPPUNIT_TEST(languagesThatDifferAreAProblemOfTheirFile);
    CPPUNIT_TEST(aScopeMayBeExplainedInOneLanguage);
    CPPUNIT_TEST(whatIsNoJsonOfTextsIsAProblem);
    CPPUNIT_TEST(aDefaultLanguageWithoutTextsIsAProblem);
    CPPUNIT_TEST(laterFilesWin);
    CPPUNIT_TEST_SUITE_END();

    std::vector<std::string> problems_;

    Texts load(const std::map<std::string, std::vector<PageFile>>& files,
               std::string language = "en") {
        problems_.clear();
        return Texts::load(files, std::move(language), problems_);
    }
    Texts loadAndCheck(const TextFiles& files) {
        auto texts = load(files);
        NameList values;
        addTextValues(files, values);
        checkTexts(files, values, problems_);
        return texts;
    }
    Texts threeLanguages() {
        return load({{"en", {{"en.json", R"({"a": "A"})"}}},
                     {"de", {{"de.json", R"({"a": "Ä"})"}}},
                     {"pt-BR", {{"pt-BR.json", R"({"a": "Á"})"}}}});
    }
    void assertProblem(const std::string& expected) {
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, problems_.size());
        CPPUNIT_ASSERT_EQUAL(expected, problems_.front());
    }

public:
    void theBestLanguageIsChosen() {
        struct Case {
            const char* uiLocales;
            const char* header;
            const char* expected;
        };
        const Case cases[] = {
            {"", "", "en"},
            {"de", "", "de"},
            {"DE-at", "", "de"},
            {"se fi de en", "en", "de"},
            {"se", "de", "de"},
            {"", "de-CH,de;q=0.9,en;q=0.8", "de"},
            {"", "en;q=0.5, de;q=0.9", "de"},
            {"", "de;q=0, en;q=0.1", "en"},
            {"", "pt-br", "pt-BR"},
            {"", "pt", "en"},
            {"", "*", "en"},
            {"", ";;;q=x,,*", "en"},
            {"q1 \\ 12345", "de", "de"},
            {"-", "-", "en"},
            {"de-", "", "de"},
        };
        const auto texts = threeLanguages();
        for (const auto& each : cases) {
            CPPUNIT_ASSERT_EQUAL_MESSAGE(std::string(each.uiLocales) + " / " + each.header,
                                         std::string(each.expected),
                                         texts.choose(each.uiLocales, each.header));
        }
    }

    void aLongHeaderIsNotReadToItsEnd() {
        std::string header;
        for (int i = 0; i < 20; ++i) {
            header += "xx,";
        }
        CPPUNIT_ASSERT_EQUAL(std::string("en"), threeLanguages().choose("", header + "de"));
    }

    void valuesStandWhereTheTextNamesThem() {
        const auto texts =
            load({{"en", {{"en.json", R"({"a": "{who} has {count}{nothing} {open"})"}}}});
        const ValueMap values{{"who", "{count}"}, {"count", 3}};
        CPPUNIT_ASSERT_EQUAL(std::string("{count} has 3 {open"), texts.text("en", "a", values));
    }

    void anUnknownTextIsEmpty() {
        CPPUNIT_ASSERT_EQUAL(std::string(), threeLanguages().text("en", "b"));
        CPPUNIT_ASSERT_EQUAL(std::string(), threeLanguages().text("fr", "a"));
    }

    void languagesThatDifferAreAProblemOfTheirFile() {
        loadAndCheck({{"en", {{"en.json", R"({"a": "A", "b": "B"})"}}},
                      {"de", {{"de.json", R"({"a": "A", "c": "C"})"}}}});
        const std::vector<std::string> expected{"de.json: \"b\" is missing",
                                                "en.json: \"c\" is missing"};
        CPPUNIT_ASSERT(expected == problems_);
    }

    void aScopeMayBeExplainedInOneLanguage() {
        const auto texts = loadAndCheck(
            {{"en", {{"en.json", R"({"scope.other": "Other", "scope.orders": "Your orders"})"}}},
             {"de", {{"de.json", R"({"scope.other": "Andere", "scope.haus": "Ihr Haus"})"}}}});
        CPPUNIT_ASSERT(problems_.empty());
        CPPUNIT_ASSERT_EQUAL(std::string("Your orders"), texts.text("de", "scope.orders"));
        CPPUNIT_ASSERT_EQUAL(std::string("Ihr Haus"), texts.text("de", "scope.haus"));
        CPPUNIT_ASSERT_EQUAL(std::string(), texts.text("en", "scope.haus"));
        loadAndCheck(
            {{"en", {{"en.json", R"({"scope.other": "Other"})"}}}, {"de", {{"de.json", "{}"}}}});
        assertProblem("de.json: \"scope.other\" is missing");
    }

    void whatIsNoJsonOfTextsIsAProblem() {
        load({{"en", {{"en.json", "{\n  \"a\": \"A\"\n  \"b\": \"B\"\n}"}}}});
        assertProblem("en.json:3:3: is not JSON from here on, or the name before it stands twice "
                      "or is one too many");
        load({{"en", {{"en.json", "[]"}}}});
        assertProblem("en.json: is not a JSON object");
        load({{"en", {{"en.json", R"({"a": 1})"}}}});
        assertProblem("en.json: \"a\" is not a text");
    }

    void aDefaultLanguageWithoutTextsIsAProblem() {
        load({{"en", {{"en.json", "{}"}}}}, "fr");
        assertProblem("the default language \"fr\" has no texts");
    }

    void laterFilesWin() {
        const auto texts = load(
            {{"en",
              {{"en.json", R"({"a": "A", "b": "B"})"}, {"site/en.json", R"({"b": "Ours"})"}}}});
        CPPUNIT_ASSERT(problems_.empty());
        CPPUNIT_ASSERT_EQUAL(std::string("A"), texts.text("en", "a"));
        CPPUNIT_ASSERT_EQUAL(std::string("Ours"), texts.text("en", "b"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TextsTest);

}  // namespace gatehouse
