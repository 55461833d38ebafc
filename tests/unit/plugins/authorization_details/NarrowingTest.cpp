// SPDX-License-Identifier: Apache-2.0
#include "Narrowing.h"

#include "json/Json.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class NarrowingTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(NarrowingTest);
    CPPUNIT_TEST(theSameIsWithin);
    CPPUNIT_TEST(theListsOfTheStandardAreSubsets);
    CPPUNIT_TEST(otherMembersAreEqual);
    CPPUNIT_TEST(whatIsLeftOutMayMeanAll);
    CPPUNIT_TEST(numbersMayBeSmaller);
    CPPUNIT_TEST(nestedMembersAreNamedByTheirPath);
    CPPUNIT_TEST(aNameWithADotIsNoPath);
    CPPUNIT_TEST(aWordThatIsNotKnownIsNamed);
    CPPUNIT_TEST_SUITE_END();

    Narrowing narrowing_;

    bool isWithin(const char* granted, const char* asked) {
        return narrowing_.isWithin(*parseJson(granted)->map(), *parseJson(asked)->map());
    }

public:
    void theSameIsWithin() {
        CPPUNIT_ASSERT(isWithin(R"({"type": "a", "x": [1]})", R"({"x": [1], "type": "a"})"));
    }

    void theListsOfTheStandardAreSubsets() {
        for (const auto* member : {"actions", "locations", "datatypes", "privileges"}) {
            const auto list = [&](const char* items) {
                return std::string("{\"").append(member).append("\": ").append(items).append("}");
            };
            const auto granted = list(R"(["a", "b"])");
            CPPUNIT_ASSERT(isWithin(granted.c_str(), list(R"(["b"])").c_str()));
            CPPUNIT_ASSERT(isWithin(granted.c_str(), list(R"(["b", "a"])").c_str()));
            CPPUNIT_ASSERT(!isWithin(granted.c_str(), list(R"(["b", "c"])").c_str()));
            CPPUNIT_ASSERT(!isWithin(granted.c_str(), list("[]").c_str()));
            CPPUNIT_ASSERT(!isWithin(granted.c_str(), list("\"a\"").c_str()));
        }
    }

    void otherMembersAreEqual() {
        CPPUNIT_ASSERT(!isWithin(R"({"x": ["a", "b"]})", R"({"x": ["a"]})"));
        CPPUNIT_ASSERT(!isWithin(R"({"x": 2})", R"({"x": 1})"));
        CPPUNIT_ASSERT(!isWithin(R"({"type": "a"})", R"({"type": "b"})"));
    }

    void whatIsLeftOutMayMeanAll() {
        CPPUNIT_ASSERT(!isWithin(R"({"actions": ["a"]})", "{}"));
        CPPUNIT_ASSERT(!isWithin("{}", R"({"actions": ["a"]})"));
        CPPUNIT_ASSERT(!isWithin(R"({"a": 1})", R"({"b": 1})"));
    }

    void numbersMayBeSmaller() {
        CPPUNIT_ASSERT(narrowing_.read({{"n", "at_most"}, {"actions", "equal"}}).empty());
        CPPUNIT_ASSERT(isWithin(R"({"n": 5})", R"({"n": 4})"));
        CPPUNIT_ASSERT(isWithin(R"({"n": 5})", R"({"n": 4.5})"));
        CPPUNIT_ASSERT(!isWithin(R"({"n": 5})", R"({"n": 5.5})"));
        CPPUNIT_ASSERT(!isWithin(R"({"n": 5})", R"({"n": "4"})"));
        CPPUNIT_ASSERT(!isWithin(R"({"n": 9223372036854775806})", R"({"n": 9223372036854775807})"));
        CPPUNIT_ASSERT(!isWithin(R"({"actions": ["a", "b"]})", R"({"actions": ["a"]})"));
    }

    void nestedMembersAreNamedByTheirPath() {
        CPPUNIT_ASSERT(narrowing_.read({{"amount.value", "at_most"}}).empty());
        CPPUNIT_ASSERT(isWithin(R"({"amount": {"value": 5, "currency": "EUR"}})",
                                R"({"amount": {"value": 4, "currency": "EUR"}})"));
        CPPUNIT_ASSERT(!isWithin(R"({"amount": {"value": 5, "currency": "EUR"}})",
                                 R"({"amount": {"value": 4, "currency": "USD"}})"));
        CPPUNIT_ASSERT(!isWithin(R"({"amount": {"value": 5}})", R"({"amount": {}})"));
    }

    void aNameWithADotIsNoPath() {
        CPPUNIT_ASSERT(narrowing_.read({{"a.b", "at_most"}}).empty());
        CPPUNIT_ASSERT(!isWithin(R"({"a.b": 5})", R"({"a.b": 4})"));
        CPPUNIT_ASSERT(narrowing_.read({{"\"a.b\"", "at_most"}}).empty());
        CPPUNIT_ASSERT(isWithin(R"({"a.b": 5})", R"({"a.b": 4})"));
    }

    void aWordThatIsNotKnownIsNamed() {
        CPPUNIT_ASSERT_EQUAL(std::string("b"), narrowing_.read({{"a", "subset"}, {"b", "less"}}));
        CPPUNIT_ASSERT_EQUAL(std::string("c"), narrowing_.read({{"c", 7}}));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(NarrowingTest);

}  // namespace gatehouse
