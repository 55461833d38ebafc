// SPDX-License-Identifier: Apache-2.0
#include "LdapAddress.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class LdapAddressTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LdapAddressTest);
    CPPUNIT_TEST(whatIsEncryptedMayLeaveTheMachine);
    CPPUNIT_TEST(whatIsPlainMayNot);
    CPPUNIT_TEST(nothingButAServerIsTaken);
    CPPUNIT_TEST_SUITE_END();

public:
    void whatIsEncryptedMayLeaveTheMachine() {
        for (const char* url : {"ldaps://dc.example.org", "ldaps://10.0.0.1:3269", "ldaps://[::1]",
                                "ldaps://dc.example.org/"}) {
            CPPUNIT_ASSERT_EQUAL_MESSAGE(url, std::string{}, ldapUrlProblem(url, false));
            CPPUNIT_ASSERT_MESSAGE(url, !ldapUrlProblem(url, true).empty());
        }
        CPPUNIT_ASSERT_EQUAL(std::string{}, ldapUrlProblem("ldap://dc.example.org", true));
    }

    void whatIsPlainMayNot() {
        for (const char* url : {"ldap://127.0.0.1:3890", "ldap://[::1]", "ldap://localhost"}) {
            CPPUNIT_ASSERT_EQUAL_MESSAGE(url, std::string{}, ldapUrlProblem(url, false));
        }
        for (const char* url :
             {"ldap://dc.example.org", "ldap://10.0.0.1", "ldap://127.0.0.1.nip.io",
              "ldap://localhost.example.org", "LDAP://dc.example.org"}) {
            const auto problem = ldapUrlProblem(url, false);
            CPPUNIT_ASSERT_MESSAGE(problem, problem.find("take ldaps://") != std::string::npos);
        }
    }

    void nothingButAServerIsTaken() {
        for (const char* url :
             {"", "dc.example.org", "https://dc.example.org", "ldapi://%2Frun%2Fslapd", "cldap://x",
              "ldaps://", "ldaps:///dc=example", "ldaps://x/dc=example", "ldaps://x/??sub?(uid=*)",
              "ldap://127.0.0.1 ldap://dc.example.org", "ldap://127.0.0.1,ldap://dc.example.org",
              "ldaps://x:notaport"}) {
            CPPUNIT_ASSERT_MESSAGE(url, !ldapUrlProblem(url, false).empty());
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LdapAddressTest);

}  // namespace gatehouse
