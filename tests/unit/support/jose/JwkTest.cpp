// SPDX-License-Identifier: Apache-2.0
#include "jose/Jwk.h"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

namespace gatehouse {

class JwkTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(JwkTest);
    CPPUNIT_TEST(theThumbprintIsThatOfRfc7638);
    CPPUNIT_TEST(theThumbprintOfEd25519IsThatOfRfc8037);
    CPPUNIT_TEST(otherMembersAndTheirOrderDoNotMatter);
    CPPUNIT_TEST(anIncompleteKeyHasNoThumbprint);
    CPPUNIT_TEST(privateAndSymmetricKeysAreRecognised);
    CPPUNIT_TEST_SUITE_END();

    const ValueMap rsa_{
        {"kty", "RSA"},
        {"n",
         "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_"
         "BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-"
         "65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qN"
         "Lyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-"
         "kEgU8awapJzKnqDKgw"},
        {"e", "AQAB"},
        {"alg", "RS256"},
        {"kid", "2011-04-29"}};

public:
    void theThumbprintIsThatOfRfc7638() {
        CPPUNIT_ASSERT_EQUAL(std::string("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"),
                             thumbprint(rsa_));
    }

    void theThumbprintOfEd25519IsThatOfRfc8037() {
        const ValueMap jwk{{"kty", "OKP"},
                           {"crv", "Ed25519"},
                           {"x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}};
        CPPUNIT_ASSERT_EQUAL(std::string("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"),
                             thumbprint(jwk));
    }

    void otherMembersAndTheirOrderDoNotMatter() {
        const ValueMap turned{
            {"x5t", "x"}, {"e", rsa_.text("e")}, {"n", rsa_.text("n")}, {"kty", "RSA"}};
        CPPUNIT_ASSERT_EQUAL(thumbprint(rsa_), thumbprint(turned));
    }

    void anIncompleteKeyHasNoThumbprint() {
        CPPUNIT_ASSERT(thumbprint({}).empty());
        CPPUNIT_ASSERT(thumbprint({{"kty", "RSA"}, {"e", "AQAB"}}).empty());
        CPPUNIT_ASSERT(
            thumbprint({{"kty", "EC"}, {"crv", "P-256"}, {"x", "AA"}, {"y", 7}}).empty());
        CPPUNIT_ASSERT(thumbprint({{"kty", "oct"}, {"k", "AA"}}).empty());
    }

    void privateAndSymmetricKeysAreRecognised() {
        CPPUNIT_ASSERT(!isPrivateJwk(rsa_));
        for (const char* member : {"d", "p", "q", "dp", "dq", "qi", "oth", "k"}) {
            auto jwk = rsa_;
            jwk.set(member, "AA");
            CPPUNIT_ASSERT_MESSAGE(member, isPrivateJwk(jwk));
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(JwkTest);

}  // namespace gatehouse
