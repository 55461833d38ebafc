// SPDX-License-Identifier: Apache-2.0
#include "jose/IssuerKeys.h"

#include "FakeKeyStore.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class IssuerKeysTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(IssuerKeysTest);
    CPPUNIT_TEST(aStoreWithAVersionIsAskedOnce);
    CPPUNIT_TEST(aNewVersionIsSeenAtOnce);
    CPPUNIT_TEST(aStoreWithoutVersionIsAskedEachTimeAndItsKeysStayParsed);
    CPPUNIT_TEST(aChangeOfStateIsSeenWithoutAVersion);
    CPPUNIT_TEST(issuersAreKeptApart);
    CPPUNIT_TEST(anUnusableJwkIsKeptWithoutVerifier);
    CPPUNIT_TEST(theStoresFaultIsPassedOn);
    CPPUNIT_TEST_SUITE_END();

    FakeKeyStore store_;
    IssuerKeys keys_{store_};
    Issuer issuer_;
    Context context_{issuer_, {}, {}, {}};

public:
    void setUp() override { store_.add(sharedKey("ES256"), "one", KeyState::active); }

    void aStoreWithAVersionIsAskedOnce() {
        store_.number = 5;
        const auto first = *keys_.of(context_);
        CPPUNIT_ASSERT(first == *keys_.of(context_));
        CPPUNIT_ASSERT_EQUAL(1, store_.asked.load());
    }

    void aNewVersionIsSeenAtOnce() {
        store_.number = 5;
        CPPUNIT_ASSERT((*keys_.of(context_))->find("two") == nullptr);
        store_.add(sharedKey("RS256"), "two", KeyState::active);
        store_.number = 6;
        CPPUNIT_ASSERT((*keys_.of(context_))->find("two") != nullptr);
    }

    void aStoreWithoutVersionIsAskedEachTimeAndItsKeysStayParsed() {
        const auto first = *keys_.of(context_);
        CPPUNIT_ASSERT(first == *keys_.of(context_));
        CPPUNIT_ASSERT_EQUAL(2, store_.asked.load());
        store_.add(sharedKey("RS256"), "two", KeyState::pending);
        CPPUNIT_ASSERT((*keys_.of(context_))->find("two") != nullptr);
    }

    void aChangeOfStateIsSeenWithoutAVersion() {
        CPPUNIT_ASSERT((*keys_.of(context_))->active("ES256") != nullptr);
        store_.published[0].state = KeyState::retiring;
        CPPUNIT_ASSERT((*keys_.of(context_))->active("ES256") == nullptr);
        CPPUNIT_ASSERT((*keys_.of(context_))->find("one") != nullptr);
    }

    void issuersAreKeptApart() {
        store_.number = 5;
        const auto first = *keys_.of(context_);
        Issuer other;
        other.id = 2;
        const Context otherContext{other, {}, {}, {}};
        CPPUNIT_ASSERT(first != *keys_.of(otherContext));
        CPPUNIT_ASSERT_EQUAL(2, store_.asked.load());
        CPPUNIT_ASSERT(first == *keys_.of(context_));
    }

    void anUnusableJwkIsKeptWithoutVerifier() {
        store_.published[0].jwk.set("x", "AA");
        const auto keys = *keys_.of(context_);
        CPPUNIT_ASSERT(keys->find("one") != nullptr);
        CPPUNIT_ASSERT(keys->find("one")->verifier() == nullptr);
    }

    void theStoresFaultIsPassedOn() {
        store_.isAway = true;
        const auto keys = keys_.of(context_);
        CPPUNIT_ASSERT(!keys);
        CPPUNIT_ASSERT(keys.error().fault == Fault::unavailable);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(IssuerKeysTest);

}  // namespace gatehouse
