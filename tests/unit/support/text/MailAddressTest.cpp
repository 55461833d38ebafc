// SPDX-License-Identifier: Apache-2.0
#include "text/MailAddress.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class MailAddressTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MailAddressTest);
    CPPUNIT_TEST(addressesOfPeople);
    CPPUNIT_TEST(nothingElseIsOne);
    CPPUNIT_TEST(ofAMaskedOneTheBeginningAndTheHostAreSeen);
    CPPUNIT_TEST_SUITE_END();

public:
    void addressesOfPeople() {
        for (const std::string text :
             {"ada@example.org", "a.b+c@mail.example.org", "o'neil@example.org",
              "A_1-x=y@EXAMPLE.org", "root@localhost", "a@1.example"}) {
            CPPUNIT_ASSERT_MESSAGE(text, isMailAddress(text));
        }
        CPPUNIT_ASSERT(isMailAddress(std::string(64, 'a') + "@example.org"));
    }
    void nothingElseIsOne() {
        for (const std::string text : {"",
                                       "ada",
                                       "@",
                                       "@example.org",
                                       "ada@",
                                       "ada@example.org ",
                                       " ada@example.org",
                                       "ada@example.org\n",
                                       "ada\r\n@example.org",
                                       "a@b@example.org",
                                       "a..b@example.org",
                                       ".a@example.org",
                                       "a.@example.org",
                                       "a@example..org",
                                       "a@.example.org",
                                       "a@example.org.",
                                       "a@-example.org",
                                       "a@example-.org",
                                       "a b@example.org",
                                       "\"a b\"@example.org",
                                       "a@[127.0.0.1]",
                                       "<a@example.org>",
                                       "a@example.org,b@example.org",
                                       "a@example.org>",
                                       "ä@example.org",
                                       "a@exämple.org",
                                       "a@ex_ample.org",
                                       "a;b@example.org",
                                       "a(b)@example.org",
                                       "a\\@example.org"}) {
            CPPUNIT_ASSERT_MESSAGE(text, !isMailAddress(text));
        }
        CPPUNIT_ASSERT(!isMailAddress(std::string("a\0@example.org", 14)));
        CPPUNIT_ASSERT(!isMailAddress(std::string(65, 'a') + "@example.org"));
        CPPUNIT_ASSERT(!isMailAddress("a@" + std::string(64, 'b') + ".org"));
        std::string longDomain = "a@b";
        while (longDomain.size() <= 254) {
            longDomain += ".bbbbbbbbb";
        }
        CPPUNIT_ASSERT(!isMailAddress(longDomain));
    }
    void ofAMaskedOneTheBeginningAndTheHostAreSeen() {
        CPPUNIT_ASSERT_EQUAL(std::string("a…@example.org"), maskedAddress("ada@example.org"));
        CPPUNIT_ASSERT_EQUAL(std::string("…"), maskedAddress(""));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MailAddressTest);

}  // namespace gatehouse
