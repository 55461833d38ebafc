// SPDX-License-Identifier: Apache-2.0
#include "DetailReader.h"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

namespace gatehouse {

class DetailReaderTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(DetailReaderTest);
    CPPUNIT_TEST(detailsAreReadInTheirOrder);
    CPPUNIT_TEST(whatIsNoListOfThemIsRefused);
    CPPUNIT_TEST(lengthCountAndDepthHaveAnEnd);
    CPPUNIT_TEST(namesAndTextsCanBeRead);
    CPPUNIT_TEST(everyTextIsSeen);
    CPPUNIT_TEST_SUITE_END();

    static void refused(const std::string& text) {
        const auto read = readDetails(text);
        CPPUNIT_ASSERT_MESSAGE(text, !read);
        CPPUNIT_ASSERT_EQUAL(std::string("invalid_authorization_details"), read.error().code);
        CPPUNIT_ASSERT(isErrorText(read.error().description));
    }
    static std::string with(const std::string& members) {
        return R"([{"type": "a", )" + members + "}]";
    }
    static std::string times(int count, const std::string& text) {
        std::string all;
        for (int i = 0; i < count; ++i) {
            all += text;
        }
        return all;
    }

public:
    void detailsAreReadInTheirOrder() {
        const auto read = readDetails(R"([{"type": "b", "x": {"y": [1]}}, {"type": "a"}])");
        CPPUNIT_ASSERT(read);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, read->size());
        CPPUNIT_ASSERT_EQUAL(std::string_view("b"), read->front().text("type"));
    }

    void whatIsNoListOfThemIsRefused() {
        for (const auto* text :
             {"", "{}", "[]", "[", "[1]", "[{}]", R"([{"type": 1}])", "null", R"([{"type": ""}])",
              R"([{"type": "a", "type": "a"}])", R"([{"type": "a"}] x)", R"([{"type": "a"}, null])",
              "[{\"type\": \"a\xff\"}]", R"([{"type": "a\u0000"}])",
              R"([{"type": "a", "n": 1e999}])"}) {
            refused(text);
        }
    }

    void lengthCountAndDepthHaveAnEnd() {
        CPPUNIT_ASSERT(readDetails("[" + times(15, R"({"type": "a"},)") + R"({"type": "a"}])"));
        refused("[" + times(16, R"({"type": "a"},)") + R"({"type": "a"}])");
        CPPUNIT_ASSERT(readDetails(with("\"x\": " + times(5, "[") + times(5, "]"))));
        refused(with("\"x\": " + times(6, "[") + times(6, "]")));
        refused(with("\"x\": \"" + std::string(16384, 'x') + "\""));
        refused(times(10'000, "["));
    }

    void namesAndTextsCanBeRead() {
        CPPUNIT_ASSERT(readDetails(with(R"("x": "Müller שלום 李")")));
        for (const auto* members :
             {R"("": 1)", R"("a b": 1)", R"("\u0430": 1)", R"("x\u200b": 1)", R"("x": "\u202e")",
              R"("x": ["\u2066"])", R"("x": {"y": "\n"})", R"("x": "\u001b[0m")",
              R"("x": "\u2028")", R"("x": {"\u043e": 1})"}) {
            refused(with(members));
        }
        refused(R"([{"type": "a\u202e"}])");
    }

    void everyTextIsSeen() {
        for (const auto* text : {"", "a b", "\\u0645\\u06cc\\u200c\\u062e\\u0648", "\\u2764\\ufe0f",
                                 "\\ud83d\\udc69\\u200d\\ud83d\\udcbb", "\\u8fbb\\udb40\\udd00"}) {
            CPPUNIT_ASSERT_MESSAGE(text, readDetails(with("\"x\": \"" + std::string(text) + "\"")));
        }
        for (const auto* text :
             {" ", "\\u00a0", "\\u3000 ", "\\u200d", "\\ufe0f", "Merchant\\u200b A",
              "Merch\\u00adant", "\\u3164", "\\ufeffx", "x\\u2060", "x\\udb40\\udc41"}) {
            refused(with("\"x\": \"" + std::string(text) + "\""));
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(DetailReaderTest);

}  // namespace gatehouse
