// SPDX-License-Identifier: Apache-2.0
#include "Schema.h"

#include "json/Json.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class SchemaTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SchemaTest);
    CPPUNIT_TEST(eachTypeIsItself);
    CPPUNIT_TEST(valuesAreListed);
    CPPUNIT_TEST(membersAreThereAndKnown);
    CPPUNIT_TEST(listsAreCountedAndTheirItemsChecked);
    CPPUNIT_TEST(textsAreCountedInCharactersAndMatched);
    CPPUNIT_TEST(numbersHaveBounds);
    CPPUNIT_TEST(whereAValueIsWrongIsSaid);
    CPPUNIT_TEST(aPatternThatTriesEverythingEnds);
    CPPUNIT_TEST(whatIsNotUnderstoodIsAProblem);
    CPPUNIT_TEST(whatIsForPeopleIsLeft);
    CPPUNIT_TEST_SUITE_END();

    std::map<std::string, std::string> problems_;

    Schema schema(const char* json) { return Schema::read(*parseJson(json), "s", problems_); }
    std::string problem(const char* schemaText, const char* value) {
        const auto made = schema(schemaText);
        CPPUNIT_ASSERT_MESSAGE(schemaText, problems_.empty());
        return made.problem(*parseJson(value));
    }
    void fits(const char* schemaText, const std::vector<const char*>& values) {
        for (const auto* value : values) {
            CPPUNIT_ASSERT_EQUAL_MESSAGE(value, std::string(), problem(schemaText, value));
        }
    }
    void refuses(const char* schemaText, const std::vector<const char*>& values) {
        for (const auto* value : values) {
            CPPUNIT_ASSERT_MESSAGE(value, !problem(schemaText, value).empty());
        }
    }

public:
    void eachTypeIsItself() {
        const std::vector<std::pair<const char*, const char*>> types{
            {R"({"type": "null"})", "null"},  {R"({"type": "boolean"})", "true"},
            {R"({"type": "integer"})", "7"},  {R"({"type": "string"})", "\"x\""},
            {R"({"type": "array"})", "[]"},   {R"({"type": "object"})", "{}"},
            {R"({"type": "number"})", "7.5"},
        };
        for (const auto& [type, value] : types) {
            for (const auto& [other, otherValue] : types) {
                const bool isNumber = value == std::string("7.5") && otherValue == std::string("7");
                CPPUNIT_ASSERT_EQUAL(type == other || isNumber, problem(type, otherValue).empty());
            }
        }
        fits(R"({"type": ["string", "integer"]})", {"1", "\"1\""});
        fits("{}", {"1", "null", "[[]]"});
    }

    void valuesAreListed() {
        fits(R"({"enum": ["EUR", 7, null]})", {"\"EUR\"", "7", "null"});
        refuses(R"({"enum": ["EUR", 7]})", {"\"eur\"", "7.0", "\"7\"", "null"});
        fits(R"({"const": {"a": 1}})", {R"({"a": 1})"});
        refuses(R"({"const": {"a": 1}})", {R"({"a": 2})", "{}"});
    }

    void membersAreThereAndKnown() {
        const char* schema = R"({"properties": {"a": {"type": "string"}}, "required": ["a"],
                                 "additionalProperties": false})";
        fits(schema, {R"({"a": ""})"});
        refuses(schema, {"{}", R"({"a": 1})", R"({"a": "", "b": 1})"});
        fits(R"({"properties": {"a": {}}})", {R"({"b": 1})"});
    }

    void listsAreCountedAndTheirItemsChecked() {
        const char* schema = R"({"type": "array", "minItems": 1, "maxItems": 2, "uniqueItems": true,
                                 "items": {"enum": ["a", "b"]}})";
        fits(schema, {R"(["a"])", R"(["b", "a"])"});
        refuses(schema, {"[]", R"(["a", "a"])", R"(["c"])", R"(["a", "b", "a"])"});
    }

    void textsAreCountedInCharactersAndMatched() {
        fits(R"({"minLength": 2, "maxLength": 3})",
             {"\"äö\"", "\"\U0001F600\U0001F600\U0001F600\"", "7"});
        refuses(R"({"minLength": 2, "maxLength": 3})", {"\"ä\"", "\"abcd\""});
        fits(R"({"pattern": "^[0-9]{1,3}\\.[0-9]{2}$"})", {"\"1.50\"", "\"123.00\""});
        refuses(R"({"pattern": "^[0-9]{1,3}\\.[0-9]{2}$"})", {"\"1.5\"", "\"\"", "\"a1.50\""});
        fits(R"({"pattern": "b"})", {"\"abc\""});
    }

    void numbersHaveBounds() {
        fits(R"({"minimum": 1, "maximum": 2.5})", {"1", "2.5", "1.0"});
        refuses(R"({"minimum": 1, "maximum": 2.5})", {"0", "0.99", "2.51", "9223372036854775807"});
    }

    void whereAValueIsWrongIsSaid() {
        const char* schema = R"({"properties": {"a": {"items": {"required": ["b"]}}}})";
        CPPUNIT_ASSERT_EQUAL(std::string("a.1.b is missing"),
                             problem(schema, R"({"a": [{"b": 1}, {}]})"));
        CPPUNIT_ASSERT_EQUAL(std::string("it is of another type"),
                             problem(R"({"type": "object"})", "7"));
    }

    void aPatternThatTriesEverythingEnds() {
        const std::string value = '"' + std::string(4000, 'a') + "!\"";
        refuses(R"({"pattern": "^(a|a)*$"})", {value.c_str()});
        refuses(R"({"pattern": "^(a+)+$"})", {value.c_str()});
    }

    void whatIsNotUnderstoodIsAProblem() {
        schema(R"({"properties": {"x": {"oneOf": []}}, "format": "date", "minimun": 1})");
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, problems_.size());
        CPPUNIT_ASSERT(problems_.count("s.properties.x.oneOf") == 1);
        for (const auto* wrong :
             {"7", R"({"type": "text"})", R"({"type": []})", R"({"enum": []})", R"({"enum": 7})",
              R"({"properties": []})", R"({"required": "a"})", R"({"required": [7]})",
              R"({"additionalProperties": {}})", R"({"items": []})", R"({"minItems": -1})",
              R"({"maxLength": "7"})", R"({"pattern": "("})", R"({"pattern": 7})",
              R"({"minimum": "1"})", R"({"uniqueItems": 1})"}) {
            problems_.clear();
            schema(wrong);
            CPPUNIT_ASSERT_MESSAGE(wrong, !problems_.empty());
        }
    }

    void whatIsForPeopleIsLeft() {
        fits(R"({"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A",
                 "description": "B", "default": 7, "examples": [1], "$id": "x", "$comment": "y"})",
             {"7", "[]"});
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SchemaTest);

}  // namespace gatehouse
