// SPDX-License-Identifier: Apache-2.0
#include "text/Suggest.h"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

namespace gatehouse {

class SuggestTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SuggestTest);
    CPPUNIT_TEST(aMisspeltNameFindsWhatWasMeant);
    CPPUNIT_TEST(theNearestOfSeveralIsChosen);
    CPPUNIT_TEST(nothingIsSuggestedForAStranger);
    CPPUNIT_TEST(aShortWordDoesNotTurnIntoAnother);
    CPPUNIT_TEST_SUITE_END();

    const std::vector<std::string> known_{"listen", "issuers", "storage", "user_store.ldap",
                                          "user_store.local"};

public:
    void aMisspeltNameFindsWhatWasMeant() {
        CPPUNIT_ASSERT_EQUAL(std::string("listen"), closest("lisen", known_));
        CPPUNIT_ASSERT_EQUAL(std::string("listen"), closest("lsiten", known_));
        CPPUNIT_ASSERT_EQUAL(std::string("issuers"), closest("issuer", known_));
        CPPUNIT_ASSERT_EQUAL(std::string("storage"), closest("Storage", known_));
    }

    void theNearestOfSeveralIsChosen() {
        CPPUNIT_ASSERT_EQUAL(std::string("user_store.ldap"), closest("userstore.ldap", known_));
        CPPUNIT_ASSERT_EQUAL(std::string("user_store.local"), closest("user_store.lokal", known_));
    }

    void nothingIsSuggestedForAStranger() {
        CPPUNIT_ASSERT_EQUAL(std::string(), closest("telemetry", known_));
        CPPUNIT_ASSERT_EQUAL(std::string(), closest("", known_));
        CPPUNIT_ASSERT_EQUAL(std::string(), closest(std::string(100'000, 'x'), known_));
        CPPUNIT_ASSERT_EQUAL(std::string(), closest("listen", {}));
    }

    void aShortWordDoesNotTurnIntoAnother() {
        CPPUNIT_ASSERT_EQUAL(std::string(), closest("ab", {"xy", "q"}));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SuggestTest);

}  // namespace gatehouse
