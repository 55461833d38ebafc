// SPDX-License-Identifier: Apache-2.0
#include "AcceptField.h"

#include <cppunit/extensions/HelperMacros.h>

#include <initializer_list>
#include <string>

namespace gatehouse {

class AcceptFieldTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AcceptFieldTest);
    CPPUNIT_TEST(whatIsNamedIsAskedFor);
    CPPUNIT_TEST(aWildcardAsksForNothingElse);
    CPPUNIT_TEST(whatIsWantedLessThanJsonIsNotAskedFor);
    CPPUNIT_TEST(theNarrowestRangeSaysWhatJsonWeighs);
    CPPUNIT_TEST(aMalformedWeightCountsForNothing);
    CPPUNIT_TEST(severalFieldsAreOneList);
    CPPUNIT_TEST_SUITE_END();

    static bool asks(std::initializer_list<const char*> fields) {
        HttpRequest request;
        for (const auto* field : fields) {
            request.headers.push_back({"accept", field});
        }
        return asksFor(request, "application/x+jwt");
    }
    static void all(bool expected, std::initializer_list<const char*> fields) {
        for (const auto* field : fields) {
            CPPUNIT_ASSERT_EQUAL_MESSAGE(field, expected, asks({field}));
        }
    }

public:
    void whatIsNamedIsAskedFor() {
        all(true, {"application/x+jwt", " Application/X+JWT ", "text/html, application/x+jwt",
                   "application/x+jwt;q=0.001", "application/x+jwt; charset=utf-8 ; Q=1.000",
                   "application/json, application/x+jwt", ",,application/x+jwt,"});
    }

    void aWildcardAsksForNothingElse() {
        CPPUNIT_ASSERT(!asks({}));
        all(false, {"", "*/*", "application/*", "application/json", "application/jwt",
                    "application/x+jwt2", "xapplication/x+jwt", ";", ";q=1"});
    }

    void whatIsWantedLessThanJsonIsNotAskedFor() {
        all(false,
            {"application/x+jwt;q=0", "application/x+jwt;q=0.000",
             "application/x+jwt;q=0.9, application/json",
             "application/x+jwt;q=0.5, application/*;q=0.501", "*/*, application/x+jwt;q=0.999"});
        all(true, {"application/x+jwt;q=0.9, application/json;q=0.899",
                   "application/x+jwt;q=0.5, */*;q=0.5"});
    }

    void theNarrowestRangeSaysWhatJsonWeighs() {
        all(true, {"application/x+jwt;q=0.5, application/json;q=0.1, */*",
                   "application/x+jwt;q=0.5, */*, application/*;q=0.4"});
    }

    void aMalformedWeightCountsForNothing() {
        all(false, {"application/x+jwt;q=", "application/x+jwt;q=2", "application/x+jwt;q=1.001",
                    "application/x+jwt;q=0.0001", "application/x+jwt;q=-1",
                    "application/x+jwt;q=0,5", "application/x+jwt;q=1-", "application/x+jwt;q=.5",
                    "application/x+jwt;q=1e0", "application/x+jwt;q=\"1\""});
        CPPUNIT_ASSERT(asks({"application/x+jwt;q=0.1, application/json;q=x"}));
    }

    void severalFieldsAreOneList() {
        CPPUNIT_ASSERT(asks({"text/html", "application/x+jwt"}));
        CPPUNIT_ASSERT(!asks({"application/x+jwt;q=0.1", "application/json;q=0.2"}));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(AcceptFieldTest);

}  // namespace gatehouse
