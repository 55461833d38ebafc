// SPDX-License-Identifier: Apache-2.0
#include "text/FormText.h"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

namespace gatehouse {

class FormTextTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FormTextTest);
    CPPUNIT_TEST(theExampleOfRfc6749AppendixBIsRead);
    CPPUNIT_TEST(plusAndPercentTwentyAreSpaces);
    CPPUNIT_TEST(fieldsKeepTheirOrderAndRepetitions);
    CPPUNIT_TEST(aFieldWithoutEqualsHasAnEmptyValue);
    CPPUNIT_TEST(onlyTheFirstEqualsSeparates);
    CPPUNIT_TEST(emptyPartsAreSkipped);
    CPPUNIT_TEST(oneBadFieldRefusesTheWholeForm);
    CPPUNIT_TEST(whatIsWrittenIsReadBack);
    CPPUNIT_TEST_SUITE_END();

public:
    void theExampleOfRfc6749AppendixBIsRead() {
        const auto form = parseForm("x=+%25%26%2B%C2%A3%E2%82%AC");
        CPPUNIT_ASSERT(form);
        CPPUNIT_ASSERT_EQUAL(std::string(" %&+\xc2\xa3\xe2\x82\xac"), std::string(form->text("x")));
    }

    void plusAndPercentTwentyAreSpaces() {
        const auto form = parseForm("a+b=c%20d+e");
        CPPUNIT_ASSERT(form);
        CPPUNIT_ASSERT_EQUAL(std::string("c d e"), std::string(form->text("a b")));
    }

    void fieldsKeepTheirOrderAndRepetitions() {
        const auto form = parseForm("b=1&a=2&b=3");
        CPPUNIT_ASSERT(form);
        const std::vector<Form::Field> expected{{"b", "1"}, {"a", "2"}, {"b", "3"}};
        CPPUNIT_ASSERT(form->fields() == expected);
    }

    void aFieldWithoutEqualsHasAnEmptyValue() {
        const auto form = parseForm("a&b=");
        CPPUNIT_ASSERT(form);
        const std::vector<Form::Field> expected{{"a", ""}, {"b", ""}};
        CPPUNIT_ASSERT(form->fields() == expected);
    }

    void onlyTheFirstEqualsSeparates() {
        const auto form = parseForm("a=b=c");
        CPPUNIT_ASSERT(form);
        CPPUNIT_ASSERT_EQUAL(std::string("b=c"), std::string(form->text("a")));
    }

    void emptyPartsAreSkipped() {
        CPPUNIT_ASSERT(parseForm("") && parseForm("")->fields().empty());
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, parseForm("&a=1&&b=2&")->fields().size());
    }

    void oneBadFieldRefusesTheWholeForm() {
        for (const char* text :
             {"a=1&b=%zz", "a=1&%=2", "a=%00", "%00=a", "a=%ff", "a=1&b=\xff", "a=+%"}) {
            CPPUNIT_ASSERT_MESSAGE(text, !parseForm(text));
        }
    }

    void whatIsWrittenIsReadBack() {
        const std::vector<Form::Field> fields{
            {"state", "a b+c&d=e%\xc3\xa9"}, {"", "x"}, {"y", ""}};
        const auto text = writeForm(fields);
        CPPUNIT_ASSERT_EQUAL(std::string("state=a%20b%2Bc%26d%3De%25%C3%A9&=x&y="), text);
        CPPUNIT_ASSERT(parseForm(text)->fields() == fields);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(FormTextTest);

}  // namespace gatehouse
