// SPDX-License-Identifier: Apache-2.0
#include "limit/Admission.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class AdmissionTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AdmissionTest);
    CPPUNIT_TEST(fortyLoginsOfOneAccountAreTwoAtOnce);
    CPPUNIT_TEST(anAddressTakesItsShareAndNoMore);
    CPPUNIT_TEST(whoIsDoneMakesRoom);
    CPPUNIT_TEST_SUITE_END();

    Admission admission_;

public:
    void fortyLoginsOfOneAccountAreTwoAtOnce() {
        std::vector<Admission::Pass> inside;
        for (int i = 0; i < 40; ++i) {
            if (auto pass = admission_.enter("ann", "192.0.2." + std::to_string(i))) {
                inside.push_back(*std::move(pass));
            }
        }
        CPPUNIT_ASSERT_EQUAL(Admission::mostOfAccount, inside.size());
        CPPUNIT_ASSERT(admission_.enter("bob", "192.0.2.1"));
    }

    void anAddressTakesItsShareAndNoMore() {
        std::vector<Admission::Pass> inside;
        for (int i = 0; i < 40; ++i) {
            auto pass =
                admission_.enter("user" + std::to_string(i), "2001:db8::" + std::to_string(i));
            if (pass) {
                inside.push_back(*std::move(pass));
            }
        }
        CPPUNIT_ASSERT_EQUAL(Admission::mostOfAddress, inside.size());
        CPPUNIT_ASSERT(!admission_.enter({}, "2001:db8::1"));
        CPPUNIT_ASSERT(admission_.enter({}, "2001:db8:1::1"));
    }

    void whoIsDoneMakesRoom() {
        for (int i = 0; i < 40; ++i) {
            CPPUNIT_ASSERT(admission_.enter("ann", "192.0.2.1"));
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(AdmissionTest);

}  // namespace gatehouse
