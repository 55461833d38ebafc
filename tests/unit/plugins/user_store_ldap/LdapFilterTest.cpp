// SPDX-License-Identifier: Apache-2.0
#include "LdapFilter.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class LdapFilterTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LdapFilterTest);
    CPPUNIT_TEST(aValueIsNeverSyntax);
    CPPUNIT_TEST(aValueIsNeverAPlace);
    CPPUNIT_TEST_SUITE_END();

public:
    void aValueIsNeverSyntax() {
        CPPUNIT_ASSERT_EQUAL(std::string("(uid=ada.l-1 @x)"), filterFor("uid", "ada.l-1 @x"));
        CPPUNIT_ASSERT_EQUAL(std::string("(uid=\\2a\\29\\28uid=\\2a\\5c)"),
                             filterFor("uid", "*)(uid=*\\"));
        CPPUNIT_ASSERT_EQUAL(std::string("\\00\\0a\\7f\\c3\\bc\\ff"),
                             escapedForFilter({"\0\n\x7f\xc3\xbc\xff", 6}));
    }

    void aValueIsNeverAPlace() {
        CPPUNIT_ASSERT_EQUAL(std::string("(|(member=cn=\\2a{login})(memberUid={dn})(x={y}))"),
                             filled("(|(member={dn})(memberUid={login})(x={y}))",
                                    {{"{dn}", "cn=*{login}"}, {"{login}", "{dn}"}}));
        CPPUNIT_ASSERT_EQUAL(std::string{}, filled("", {{"{dn}", "x"}}));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LdapFilterTest);

}  // namespace gatehouse
