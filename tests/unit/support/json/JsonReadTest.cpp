// SPDX-License-Identifier: Apache-2.0
#include "json/Json.h"

#include <cppunit/extensions/HelperMacros.h>

#include <cstdint>
#include <limits>
#include <string>

namespace gatehouse {

class JsonReadTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(JsonReadTest);
    CPPUNIT_TEST(everyKindOfValueIsRead);
    CPPUNIT_TEST(aValueAloneIsJson);
    CPPUNIT_TEST(aNameTwiceIsRefusedAtEveryLevel);
    CPPUNIT_TEST(whatIsNotJsonIsRefused);
    CPPUNIT_TEST(bytesBehindTheEndAreRefused);
    CPPUNIT_TEST(textThatIsNotUtf8IsRefused);
    CPPUNIT_TEST(loneSurrogatesAreRefusedAndPairsRead);
    CPPUNIT_TEST(escapesOfNulAreRefused);
    CPPUNIT_TEST(aBackslashBeforeUnnnnIsText);
    CPPUNIT_TEST(numbersKeepTheirKind);
    CPPUNIT_TEST(numbersOutOfRangeAreRefused);
    CPPUNIT_TEST(thirtyTwoLevelsAreReadAndNoMore);
    CPPUNIT_TEST(anObjectHasAtMostFiveHundredTwelveMembers);
    CPPUNIT_TEST(aLongListIsRead);
    CPPUNIT_TEST(itSaysHowFarItCouldRead);
    CPPUNIT_TEST_SUITE_END();

public:
    void everyKindOfValueIsRead() {
        const auto value =
            parseJson(R"( {"t":"x\"\\\/\b\f\n\r\t\u00e9","n":null,"y":true,"f":false,"i":-7,)"
                      R"("d":1.5,"l":[1,"a",[],{}],"m":{"k":"v"}} )");
        CPPUNIT_ASSERT(value && value->map() != nullptr);
        const ValueMap expected{{"t", "x\"\\/\b\f\n\r\t\xc3\xa9"},
                                {"n", Value()},
                                {"y", true},
                                {"f", false},
                                {"i", -7},
                                {"d", 1.5},
                                {"l", ValueList{1, "a", ValueList(), ValueMap()}},
                                {"m", ValueMap{{"k", "v"}}}};
        CPPUNIT_ASSERT(*value->map() == expected);
        CPPUNIT_ASSERT_EQUAL(std::string("t"), value->map()->begin()->name);
    }

    void aValueAloneIsJson() {
        CPPUNIT_ASSERT(parseJson("\"x\"") == Value("x"));
        CPPUNIT_ASSERT(parseJson(" 12 ") == Value(12));
        CPPUNIT_ASSERT(parseJson("null") == Value());
        CPPUNIT_ASSERT(parseJson("[]") == Value(ValueList()));
    }

    void aNameTwiceIsRefusedAtEveryLevel() {
        CPPUNIT_ASSERT(!parseJson(R"({"alg":"RS256","alg":"none"})"));
        CPPUNIT_ASSERT(!parseJson(R"({"a":{"b":1,"c":2,"b":1}})"));
        CPPUNIT_ASSERT(!parseJson(R"([{"":1,"":1}])"));
        CPPUNIT_ASSERT(!parseJson(R"({"a":1,"\u0061":2})"));
        CPPUNIT_ASSERT(parseJson(R"([{"a":1},{"a":1}])"));
        CPPUNIT_ASSERT(parseJson(R"({"a":1,"A":1})"));
    }

    void whatIsNotJsonIsRefused() {
        for (const char* text : {"",           " ",           "{",
                                 "}",          "[",           "]",
                                 "[1,]",       "{\"a\":1,}",  "[,1]",
                                 "{,}",        "{\"a\"}",     "{\"a\":}",
                                 "{a:1}",      "{1:1}",       "['a']",
                                 "[1 2]",      "[1:2]",       "{\"a\" 1}",
                                 "/*c*/[]",    "[]//c",       "[1/**/]",
                                 "#",          "nul",         "tru",
                                 "True",       "NaN",         "[NaN]",
                                 "[Infinity]", "[-Infinity]", "[undefined]",
                                 "\"\\x\"",    "\"\\u12\"",   "\"\\u12g4\"",
                                 "\"a",        "\"a\nb\"",    "\"\t\"",
                                 "\"\\\"",     "\x0c[]",      "\xef\xbb\xbf{}",
                                 "[\x01]",     "{\"a\":1]",   "[1}"}) {
            CPPUNIT_ASSERT_MESSAGE(text, !parseJson(text));
        }
    }

    void bytesBehindTheEndAreRefused() {
        CPPUNIT_ASSERT(!parseJson("{} x"));
        CPPUNIT_ASSERT(!parseJson("{}{}"));
        CPPUNIT_ASSERT(!parseJson("1 2"));
        CPPUNIT_ASSERT(!parseJson("{},"));
        CPPUNIT_ASSERT(!parseJson(std::string_view("{}\0", 3)));
        CPPUNIT_ASSERT(parseJson("{} \r\n\t"));
    }

    void textThatIsNotUtf8IsRefused() {
        for (const char* text : {"[\"\xff\"]", "[\"\xc0\x80\"]", "[\"\xed\xa0\x80\"]",
                                 "[\"\xf4\x90\x80\x80\"]", "\"\xc3", "{\"\xff\":1}"}) {
            CPPUNIT_ASSERT(!parseJson(text));
        }
        CPPUNIT_ASSERT(!parseJson(std::string_view("\"a\0b\"", 5)));
        CPPUNIT_ASSERT(parseJson("\"\xf0\x9f\x98\x80\"") == Value("\xf0\x9f\x98\x80"));
    }

    void loneSurrogatesAreRefusedAndPairsRead() {
        CPPUNIT_ASSERT(!parseJson(R"("\ud800")"));
        CPPUNIT_ASSERT(!parseJson(R"("\udc00")"));
        CPPUNIT_ASSERT(!parseJson(R"("\ud800x")"));
        CPPUNIT_ASSERT(!parseJson(R"("\ud800\u0041")"));
        CPPUNIT_ASSERT(!parseJson(R"("\udc00\ud800")"));
        CPPUNIT_ASSERT(parseJson(R"("\ud83d\ude00")") == Value("\xf0\x9f\x98\x80"));
    }

    void escapesOfNulAreRefused() {
        CPPUNIT_ASSERT(!parseJson(R"({"alg\u0000x":1})"));
        CPPUNIT_ASSERT(!parseJson(R"(["\u0000"])"));
        CPPUNIT_ASSERT(!parseJson(R"(["\\\u0000"])"));
    }

    void aBackslashBeforeUnnnnIsText() {
        CPPUNIT_ASSERT(parseJson(R"("\\u0000")") == Value("\\u0000"));
        CPPUNIT_ASSERT(parseJson(R"("\\\\u0000")") == Value("\\\\u0000"));
    }

    void numbersKeepTheirKind() {
        CPPUNIT_ASSERT(parseJson("-9223372036854775808") ==
                       Value(std::numeric_limits<std::int64_t>::min()));
        CPPUNIT_ASSERT(parseJson("9223372036854775807") ==
                       Value(std::numeric_limits<std::int64_t>::max()));
        CPPUNIT_ASSERT(parseJson("9223372036854775808") == Value(9223372036854775808.0));
        CPPUNIT_ASSERT(parseJson("4294967296") == Value(std::int64_t{4294967296}));
        CPPUNIT_ASSERT(parseJson("2147483648") == Value(std::int64_t{2147483648}));
        CPPUNIT_ASSERT(parseJson("1.0") == Value(1.0));
        CPPUNIT_ASSERT(parseJson("1e2") == Value(100.0));
        CPPUNIT_ASSERT(parseJson("0") == Value(0));
    }

    void numbersOutOfRangeAreRefused() {
        for (const char* text : {"1e400", "-1e400", "123456789012345678901234567890", "01", "-01",
                                 "-", "+1", "1.", ".5", "1e", "1e+", "0x10", "1_000"}) {
            CPPUNIT_ASSERT_MESSAGE(text, !parseJson(text));
        }
    }

    void thirtyTwoLevelsAreReadAndNoMore() {
        CPPUNIT_ASSERT(parseJson(std::string(32, '[') + std::string(32, ']')));
        CPPUNIT_ASSERT(!parseJson(std::string(33, '[') + std::string(33, ']')));
        CPPUNIT_ASSERT(!parseJson(std::string(100'000, '[')));
        std::string objects;
        for (int level = 0; level < 33; ++level) {
            objects += "{\"a\":";
        }
        CPPUNIT_ASSERT(!parseJson(objects + "1" + std::string(33, '}')));
    }

    void anObjectHasAtMostFiveHundredTwelveMembers() {
        CPPUNIT_ASSERT(parseJson(objectOf(512)));
        CPPUNIT_ASSERT(!parseJson(objectOf(513)));
    }

    void aLongListIsRead() {
        std::string text = "[0";
        for (int entry = 1; entry < 5000; ++entry) {
            text += ',' + std::to_string(entry);
        }
        const auto value = parseJson(text + "]");
        CPPUNIT_ASSERT(value && value->list() != nullptr);
        CPPUNIT_ASSERT_EQUAL(std::size_t{5000}, value->list()->size());
        CPPUNIT_ASSERT(value->list()->back() == Value(4999));
    }

    void itSaysHowFarItCouldRead() {
        CPPUNIT_ASSERT_EQUAL(std::size_t{5}, readableJson("{\"a\" 1}"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{8}, readableJson("{\"a\":1,\n}"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{10}, readableJson(R"({"a":1,"a":2})"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, readableJson("[1] x"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, readableJson("\xff"));
    }

private:
    static std::string objectOf(int members) {
        std::string text;
        for (int member = 0; member < members; ++member) {
            text += (text.empty() ? "{\"" : ",\"") + std::to_string(member) + "\":0";
        }
        return text + "}";
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(JsonReadTest);

}  // namespace gatehouse
