// SPDX-License-Identifier: Apache-2.0
#include "login/SubjectId.h"

#include "crypto/KeyedCrypto.h"

#include <cppunit/extensions/HelperMacros.h>

#include <set>

namespace gatehouse {

class SubjectIdTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SubjectIdTest);
    CPPUNIT_TEST(itStaysTheSameForever);
    CPPUNIT_TEST(itTellsIssuersStoresAndIdsApart);
    CPPUNIT_TEST_SUITE_END();

    KeyedCrypto crypto_{Secret("a root secret of at least 32 bytes")};
    const Issuer issuer_{1, "https://id.example.org", ""};

public:
    /// base64url(sha256("1" NUL "local" NUL "42")), 22 characters: sites have stored it.
    void itStaysTheSameForever() {
        CPPUNIT_ASSERT_EQUAL(std::string("eQEWo59T-khtGDcTLyKbmv"),
                             subjectId(crypto_, issuer_, "local", "42"));
        const KeyedCrypto other{Secret("another root secret, also 32 bytes long")};
        CPPUNIT_ASSERT_EQUAL(subjectId(crypto_, issuer_, "local", "42"),
                             subjectId(other, issuer_, "local", "42"));
    }

    void itTellsIssuersStoresAndIdsApart() {
        const Issuer second{2, "https://id.example.org", ""};
        const std::set<std::string> all{
            subjectId(crypto_, issuer_, "local", "42"), subjectId(crypto_, second, "local", "42"),
            subjectId(crypto_, issuer_, "ldap", "42"),  subjectId(crypto_, issuer_, "local", "43"),
            subjectId(crypto_, issuer_, "local4", "2"), subjectId(crypto_, issuer_, "", "local42")};
        CPPUNIT_ASSERT_EQUAL(std::size_t{6}, all.size());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SubjectIdTest);

}  // namespace gatehouse
