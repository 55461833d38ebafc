// SPDX-License-Identifier: Apache-2.0
#include "passwords/PasswordHasher.h"

#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class PasswordHasherTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PasswordHasherTest);
    CPPUNIT_TEST(anUnknownUserCostsWhatAnOldHashCostsAfterTheCostWasRaised);
    CPPUNIT_TEST(anUnknownUserCostsWhatTheDearestHashCostsAfterTheCostWasLowered);
    CPPUNIT_TEST(aRightPasswordIsFoundWhateverItsHashCosts);
    CPPUNIT_TEST_SUITE_END();

    static constexpr Argon2Cost before{64, 2, 1};
    static constexpr Argon2Cost today{256, 3, 1};
    static constexpr Argon2Cost dear{512, 4, 1};

    testkit::FakeHost host_;
    PasswordHasher hasher_{host_, today, 1, 4};

    using Verdict = PasswordHasher::Verdict;
    Verdict verdictOf(const char* password, const std::string& phc) {
        testkit::FakeContext context;
        return *hasher_.verify(context, Secret(password), phc);
    }
    static std::string hashOf(const Argon2Cost& cost) {
        return argon2Hash(Secret("right"), "0123456789abcdef", cost);
    }
    std::uint64_t effortFor(const std::string& phc) const {
        std::uint64_t sum = 0;
        for (const auto& hash : hasher_.work(phc)) {
            sum += effort(*argon2Cost(hash));
        }
        return sum;
    }
    /// To the memory of one lane.
    void assertSame(std::uint64_t wanted, std::uint64_t found) {
        CPPUNIT_ASSERT(wanted >= found);
        CPPUNIT_ASSERT(wanted - found < 32);
    }

public:
    void anUnknownUserCostsWhatAnOldHashCostsAfterTheCostWasRaised() {
        const auto unknown = effortFor({});
        CPPUNIT_ASSERT_EQUAL(effort(today), unknown);
        assertSame(unknown, effortFor(hashOf(before)));
        assertSame(unknown, effortFor(hashOf(today)));
    }

    void anUnknownUserCostsWhatTheDearestHashCostsAfterTheCostWasLowered() {
        hasher_.expect(hashOf(dear));
        const auto unknown = effortFor({});
        CPPUNIT_ASSERT_EQUAL(effort(dear), unknown);
        for (const auto& cost : {before, today, dear}) {
            assertSame(unknown, effortFor(hashOf(cost)));
        }
    }

    void aRightPasswordIsFoundWhateverItsHashCosts() {
        hasher_.start();
        for (const auto& cost : {before, today, dear}) {
            CPPUNIT_ASSERT(verdictOf("right", hashOf(cost)) != Verdict::wrong);
            CPPUNIT_ASSERT(verdictOf("wrong", hashOf(cost)) == Verdict::wrong);
        }
        CPPUNIT_ASSERT(verdictOf("right", hashOf(today)) == Verdict::right);
        CPPUNIT_ASSERT(verdictOf("right", {}) == Verdict::wrong);
        CPPUNIT_ASSERT(effortFor({}) == effort(dear));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PasswordHasherTest);

}  // namespace gatehouse
