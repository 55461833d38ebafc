// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/TokenBindingContract.h>

#include "ProofBed.h"

#include <atomic>

namespace gatehouse {

namespace {

struct DpopBed : ProofBed {
    std::unique_ptr<TokenBinding> make() { return ProofBed::make(); }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::TokenBindingContract<DpopBed>);

class DpopRaceTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(DpopRaceTest);
    CPPUNIT_TEST(oneProofOf32ThreadsIsUsedOnce);
    CPPUNIT_TEST_SUITE_END();

public:
    void oneProofOf32ThreadsIsUsedOnce() {
        ProofBed bed;
        const auto binding = bed.make();
        const testkit::FakeContext context;
        const auto request = bed.asks(1);
        std::atomic<int> used{0};
        testkit::together(32, [&](int /*number*/) {
            used += bed.used(binding->bind(context, request, {})) ? 1 : 0;
        });
        CPPUNIT_ASSERT_EQUAL(1, used.load());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(DpopRaceTest);

}  // namespace gatehouse
