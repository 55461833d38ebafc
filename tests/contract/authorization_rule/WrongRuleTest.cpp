// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/AuthorizationRuleContract.h>

#include "../FailedCases.h"
#include "CardRule.h"

namespace gatehouse {

/// The contract suite finds what it is there to find, and nothing else.
class WrongRuleTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(WrongRuleTest);
    CPPUNIT_TEST(whatIsWrongIsFound);
    CPPUNIT_TEST_SUITE_END();

public:
    void whatIsWrongIsFound() {
        CPPUNIT_ASSERT_EQUAL(std::string(), failed<Bug::none>());
        const std::string names = "itsNamesAreNames ";
        CPPUNIT_ASSERT_EQUAL(names, failed<Bug::noName>());
        CPPUNIT_ASSERT_EQUAL(names, failed<Bug::sameNameTwice>());
        const std::string odd = "oddValuesAreDataAndNeverSyntax ";
        CPPUNIT_ASSERT_EQUAL(odd, failed<Bug::echoes>());
        CPPUNIT_ASSERT_EQUAL(odd, failed<Bug::throwsAtOddBytes>());
        CPPUNIT_ASSERT_EQUAL(odd, failed<Bug::keepsAll>());
        CPPUNIT_ASSERT_EQUAL(odd, failed<Bug::blamesItself>());
        const std::string slow = "aSlowBackendIsGivenUpInTime ";
        CPPUNIT_ASSERT_EQUAL("aBackendThatIsAwayIsNoAnswer " + slow, failed<Bug::awayIsWrong>());
        CPPUNIT_ASSERT_EQUAL(slow, failed<Bug::isPatient>());
    }

private:
    template <Bug bug> static std::string failed() {
        return failedCases(testkit::AuthorizationRuleContract<CardBed<bug>>::suite());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(WrongRuleTest);

}  // namespace gatehouse
