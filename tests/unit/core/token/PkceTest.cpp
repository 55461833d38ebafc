// SPDX-License-Identifier: Apache-2.0
#include "token/Pkce.h"

#include "crypto/KeyedCrypto.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class PkceTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PkceTest);
    CPPUNIT_TEST(theExampleOfTheRfcMatches);
    CPPUNIT_TEST(anotherVerifierDoesNot);
    CPPUNIT_TEST(aVerifierOutsideTheRfcsShapeDoesNot);
    CPPUNIT_TEST(aVerifierWithoutAChallengeIsADowngrade);
    CPPUNIT_TEST(aChallengeHasTheShapeOfASha256);
    CPPUNIT_TEST_SUITE_END();

    // RFC 7636 appendix B
    const std::string verifier_ = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const std::string challenge_ = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    KeyedCrypto crypto_{Secret("a root secret of at least 32 bytes")};

public:
    void theExampleOfTheRfcMatches() {
        CPPUNIT_ASSERT(Pkce::matches(crypto_, challenge_, verifier_));
    }

    void anotherVerifierDoesNot() {
        std::string other = verifier_;
        other.back() = 'l';
        CPPUNIT_ASSERT(!Pkce::matches(crypto_, challenge_, other));
        CPPUNIT_ASSERT(!Pkce::matches(crypto_, challenge_, ""));
        CPPUNIT_ASSERT(!Pkce::matches(crypto_, challenge_, challenge_));
    }

    void aVerifierOutsideTheRfcsShapeDoesNot() {
        CPPUNIT_ASSERT(!Pkce::matches(crypto_, challenge_, std::string(42, 'a')));
        CPPUNIT_ASSERT(!Pkce::matches(crypto_, challenge_, std::string(129, 'a')));
        CPPUNIT_ASSERT(!Pkce::matches(crypto_, challenge_, verifier_ + "+"));
    }

    void aVerifierWithoutAChallengeIsADowngrade() {
        CPPUNIT_ASSERT(!Pkce::matches(crypto_, "", verifier_));
        CPPUNIT_ASSERT(Pkce::matches(crypto_, "", ""));
    }

    void aChallengeHasTheShapeOfASha256() {
        CPPUNIT_ASSERT(Pkce::isChallenge(challenge_));
        CPPUNIT_ASSERT(!Pkce::isChallenge(challenge_ + "="));
        CPPUNIT_ASSERT(!Pkce::isChallenge(challenge_.substr(1)));
        CPPUNIT_ASSERT(!Pkce::isChallenge(std::string(42, 'a') + "~"));
        CPPUNIT_ASSERT(!Pkce::isChallenge(""));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PkceTest);

}  // namespace gatehouse
