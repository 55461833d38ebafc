// SPDX-License-Identifier: Apache-2.0
#include "KnownKeys.h"

#include "ProofBed.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class KnownKeysTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(KnownKeysTest);
    CPPUNIT_TEST(oneIsKnownByItsHeader);
    CPPUNIT_TEST(whatIsAskedForIsKept);
    CPPUNIT_TEST(thereIsAnEnd);
    CPPUNIT_TEST(aLongHeaderIsNotKept);
    CPPUNIT_TEST_SUITE_END();

    KnownKeys known_;
    std::shared_ptr<const ProofKey> key_ = std::make_shared<const ProofKey>(
        ProofKey{"ES256", *VerificationKey::fromJwk(ProofBed::key(1).publicJwk("x")), "jkt"});

    void others(std::size_t count) {
        for (std::size_t number = 0; number < count; ++number) {
            known_.keep("other " + std::to_string(number), key_);
        }
    }

public:
    void oneIsKnownByItsHeader() {
        CPPUNIT_ASSERT(known_.find("a") == nullptr);
        known_.keep("a", key_);
        CPPUNIT_ASSERT(known_.find("a") == key_);
        CPPUNIT_ASSERT(known_.find("b") == nullptr);
    }

    void whatIsAskedForIsKept() {
        known_.keep("a", key_);
        for (int round = 0; round < 4; ++round) {
            others(KnownKeys::most);
            CPPUNIT_ASSERT(known_.find("a") == key_);
        }
    }

    void thereIsAnEnd() {
        known_.keep("a", key_);
        others(2 * KnownKeys::most);
        CPPUNIT_ASSERT(known_.find("a") == nullptr);
    }

    void aLongHeaderIsNotKept() {
        for (const auto size : {KnownKeys::longest, KnownKeys::longest + 1}) {
            const std::string header(size, 'x');
            known_.keep(header, key_);
            CPPUNIT_ASSERT_EQUAL(size == KnownKeys::longest, known_.find(header) != nullptr);
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(KnownKeysTest);

}  // namespace gatehouse
