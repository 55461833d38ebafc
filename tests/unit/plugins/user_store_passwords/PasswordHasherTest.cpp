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
    CPPUNIT_TEST(anUnknownUserCostsWhatAHashOfAnotherProgramCosts);
    CPPUNIT_TEST(theHashThatIsWorkedOutForAnUnknownUserLetsNobodyIn);
    CPPUNIT_TEST(aHashThatIsNotTakenIsNamedInTheLog);
    CPPUNIT_TEST(aRightPasswordIsFoundWhateverItsHashCosts);
    CPPUNIT_TEST_SUITE_END();

    static constexpr Argon2Cost before{64, 2, 1};
    static constexpr Argon2Cost today{256, 3, 1};
    static constexpr Argon2Cost dear{512, 4, 1};
    static constexpr const char* bcrypt =
        "$2b$06$7icTUjGi7vcIR5nhvmUGzeLwhVk2aG4gcVfLgFInZmp3JIDyhPdXa";

    testkit::FakeHost host_;
    PasswordHasher hasher_{host_, today, "phpass", 1, 4};

    using Verdict = PasswordHasher::Verdict;
    Verdict verdictOf(const char* password, const std::string& phc) {
        testkit::FakeContext context;
        return *hasher_.verify(context, Secret(password), phc);
    }
    static std::string hashOf(const Argon2Cost& cost) {
        return argon2Hash(Secret("right"), "0123456789abcdef", cost);
    }
    using Time = std::chrono::nanoseconds;
    Time timeFor(const std::string& hash) {
        const auto work = hasher_.work(hash);
        return (work.own ? work.own->work() : Time{}) + (work.rest ? work.rest->work() : Time{});
    }
    /// To what the passes over a memory do not share.
    static void assertSame(Time wanted, Time found) {
        CPPUNIT_ASSERT(wanted >= found);
        CPPUNIT_ASSERT(wanted - found < std::chrono::microseconds{40});
    }

public:
    void anUnknownUserCostsWhatAnOldHashCostsAfterTheCostWasRaised() {
        const auto unknown = timeFor({});
        CPPUNIT_ASSERT(timeOf(today) == unknown);
        assertSame(unknown, timeFor(hashOf(before)));
        assertSame(unknown, timeFor(hashOf(today)));
    }

    void anUnknownUserCostsWhatTheDearestHashCostsAfterTheCostWasLowered() {
        hasher_.work(hashOf(dear));
        const auto unknown = timeFor({});
        CPPUNIT_ASSERT(timeOf(dear) == unknown);
        for (const auto& cost : {before, today, dear}) {
            assertSame(unknown, timeFor(hashOf(cost)));
        }
    }

    void anUnknownUserCostsWhatAHashOfAnotherProgramCosts() {
        const auto fifty = timeFor(bcrypt);
        CPPUNIT_ASSERT(fifty > timeOf(dear));
        CPPUNIT_ASSERT(fifty == timeFor({}));
        CPPUNIT_ASSERT(fifty == timeFor("no hash"));
        CPPUNIT_ASSERT_EQUAL(std::string(bcrypt), hasher_.work({}).rest->text());
        assertSame(fifty, timeFor(hashOf(today)));
    }

    void theHashThatIsWorkedOutForAnUnknownUserLetsNobodyIn() {
        hasher_.start();
        CPPUNIT_ASSERT(verdictOf("correct horse", bcrypt) == Verdict::renewable);
        CPPUNIT_ASSERT(verdictOf("correct horse", {}) == Verdict::wrong);
        CPPUNIT_ASSERT(verdictOf("correct horse", "no hash") == Verdict::wrong);
        CPPUNIT_ASSERT(verdictOf("correct horse", hashOf(today)) == Verdict::wrong);
    }

    void aHashThatIsNotTakenIsNamedInTheLog() {
        hasher_.start();
        testkit::FakeContext context;
        const auto verdict =
            hasher_.verify(context, Secret("x"), "{SSHA}" + std::string(32, 'A'), "7");
        CPPUNIT_ASSERT(*verdict == Verdict::wrong);
        CPPUNIT_ASSERT(host_.fakeLog.says(
            "stored password hash not taken: this is ssha, and weakest_hash is phpass"));
    }

    void aRightPasswordIsFoundWhateverItsHashCosts() {
        hasher_.start();
        for (const auto& cost : {before, today, dear}) {
            CPPUNIT_ASSERT(verdictOf("right", hashOf(cost)) != Verdict::wrong);
            CPPUNIT_ASSERT(verdictOf("wrong", hashOf(cost)) == Verdict::wrong);
        }
        CPPUNIT_ASSERT(verdictOf("right", hashOf(today)) == Verdict::right);
        CPPUNIT_ASSERT(verdictOf("right", {}) == Verdict::wrong);
        CPPUNIT_ASSERT(timeFor({}) == timeOf(dear));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PasswordHasherTest);

}  // namespace gatehouse
