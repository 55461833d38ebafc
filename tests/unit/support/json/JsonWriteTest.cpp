// SPDX-License-Identifier: Apache-2.0
#include "json/Json.h"
#include "json/JsonWriter.h"

#include <cppunit/extensions/HelperMacros.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

namespace gatehouse {

class JsonWriteTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(JsonWriteTest);
    CPPUNIT_TEST(everyKindOfValueIsWritten);
    CPPUNIT_TEST(everyControlCharacterIsEscaped);
    CPPUNIT_TEST(whatATerminalWouldObeyIsEscaped);
    CPPUNIT_TEST(whatIsWrittenCanBeRead);
    CPPUNIT_TEST(bytesThatAreNotUtf8AreReplaced);
    CPPUNIT_TEST(everyByteIsWrittenAlikeWhereverItStands);
    CPPUNIT_TEST(numbersComeBackExactly);
    CPPUNIT_TEST(whatIsNotANumberBecomesNull);
    CPPUNIT_TEST(theWriterWritesAFlatObject);
    CPPUNIT_TEST(theWriterEscapesNamesAndValues);
    CPPUNIT_TEST(anEmptyWriterWritesAnEmptyObject);
    CPPUNIT_TEST_SUITE_END();

public:
    void everyKindOfValueIsWritten() {
        const ValueMap map{{"t", "x"},  {"n", Value()},
                           {"y", true}, {"i", std::int64_t{1700000000}},
                           {"d", 1.5},  {"l", ValueList{1, "a", ValueList(), ValueMap()}}};
        const std::string expected =
            R"({"t":"x","n":null,"y":true,"i":1700000000,"d":1.5,"l":[1,"a",[],{}]})";
        CPPUNIT_ASSERT_EQUAL(expected, toJson(map));
        CPPUNIT_ASSERT_EQUAL(expected, toJson(Value(map)));
        CPPUNIT_ASSERT(parseJson(expected) == Value(map));
    }

    void everyControlCharacterIsEscaped() {
        for (char character = 1; character < 0x20; ++character) {
            const std::string text(1, character);
            CPPUNIT_ASSERT(parseJson(toJson(Value(text))) == Value(text));
        }
        CPPUNIT_ASSERT_EQUAL(std::string("\"\\u001f\\\"\\\\/\""),
                             toJson(Value(std::string_view("\x1f\"\\/", 4))));
    }

    void whatATerminalWouldObeyIsEscaped() {
        const std::string text = "\x7f \xc2\x9b \xe2\x80\xa8 \xe2\x80\xae";
        CPPUNIT_ASSERT_EQUAL(std::string(R"("\u007f \u009b \u2028 \u202e")"), toJson(Value(text)));
        CPPUNIT_ASSERT(parseJson(toJson(Value(text))) == Value(text));
        CPPUNIT_ASSERT(parseJson("\"" + text + "\"") == Value(text));
    }

    void whatIsWrittenCanBeRead() {
        const auto text = toJson(Value(std::string_view("a\0b", 3)));
        CPPUNIT_ASSERT_EQUAL(std::string("\"a\xef\xbf\xbd"
                                         "b\""),
                             text);
        CPPUNIT_ASSERT(parseJson(text));
    }

    void bytesThatAreNotUtf8AreReplaced() {
        CPPUNIT_ASSERT_EQUAL(std::string("\"a\xef\xbf\xbd z\""), toJson(Value("a\xff z")));
        CPPUNIT_ASSERT_EQUAL(std::string("\"\xef\xbf\xbd\xef\xbf\xbd\""),
                             toJson(Value("\xc3\xc3")));
        CPPUNIT_ASSERT_EQUAL(std::string("\"\xc3\xa9\""), toJson(Value("\xc3\xa9")));
        std::string all;
        for (int byte = 1; byte < 256; ++byte) {
            all += static_cast<char>(static_cast<unsigned char>(byte));
        }
        CPPUNIT_ASSERT(parseJson(toJson(Value(all))));
        CPPUNIT_ASSERT(parseJson(toJson(ValueMap{{all, 1}})));
    }

    void everyByteIsWrittenAlikeWhereverItStands() {
        for (int byte = 1; byte < 256; ++byte) {
            const std::string one(1, static_cast<char>(static_cast<unsigned char>(byte)));
            const std::string quoted = toJson(Value(one));
            const std::string written = quoted.substr(1, quoted.size() - 2);
            for (std::size_t before = 0; before < 17; ++before) {
                const std::string head(before, 'h');
                const std::string tail(16 - before, 't');
                const std::string text = toJson(Value(head + one + tail));
                CPPUNIT_ASSERT_EQUAL("\"" + head + written + tail + "\"", text);
                CPPUNIT_ASSERT(byte > 0x7f || parseJson(text) == Value(head + one + tail));
            }
        }
    }

    void numbersComeBackExactly() {
        for (const double number :
             {0.0, 1.0, -1.0, 0.1, 1e5, 1e21, 1e-7, 1.7976931348623157e308, 5e-324, 1234567.875}) {
            CPPUNIT_ASSERT_MESSAGE(toJson(Value(number)),
                                   parseJson(toJson(Value(number))) == Value(number));
        }
        for (const std::int64_t number :
             {std::numeric_limits<std::int64_t>::min(), std::int64_t{-1}, std::int64_t{0},
              std::numeric_limits<std::int64_t>::max()}) {
            CPPUNIT_ASSERT(parseJson(toJson(Value(number))) == Value(number));
        }
    }

    void whatIsNotANumberBecomesNull() {
        CPPUNIT_ASSERT_EQUAL(std::string("[null,null]"),
                             toJson(Value(ValueList{std::nan(""), HUGE_VAL})));
    }

    void theWriterWritesAFlatObject() {
        const auto text = JsonWriter()
                              .text("iss", "https://as.example.com")
                              .number("exp", -1)
                              .boolean("active", true)
                              .boolean("old", false)
                              .list("aud", {"a", "b"})
                              .list("none", {})
                              .value("address", ValueMap{{"country", "NL"}})
                              .json("cnf", R"({"jkt":"x"})")
                              .finish();
        CPPUNIT_ASSERT_EQUAL(
            std::string(
                R"({"iss":"https://as.example.com","exp":-1,"active":true,"old":false,)"
                R"("aud":["a","b"],"none":[],"address":{"country":"NL"},"cnf":{"jkt":"x"}})"),
            text);
    }

    void theWriterEscapesNamesAndValues() {
        const auto text = JsonWriter().text("a\"\n", "b\"\\\x01\xff").list("c", {"\""}).finish();
        const ValueMap expected{{"a\"\n", "b\"\\\x01\xef\xbf\xbd"}, {"c", ValueList{"\""}}};
        CPPUNIT_ASSERT(parseJson(text) == Value(expected));
    }

    void anEmptyWriterWritesAnEmptyObject() {
        CPPUNIT_ASSERT_EQUAL(std::string("{}"), JsonWriter().finish());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(JsonWriteTest);

}  // namespace gatehouse
