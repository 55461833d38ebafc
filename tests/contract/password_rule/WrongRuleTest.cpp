// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/PasswordRuleContract.h>

#include "../ContractFinds.h"

#include <atomic>
#include <stdexcept>

namespace gatehouse {

namespace {

enum class Bug { none, refusesAll, refusesNothing, saysASentence, failsForOdd, forgets };

/// Keeps what the contract says, but for one bug.
template <Bug bug> class WrongRule final : public PasswordRule {
public:
    Result<std::string> problem(const Context&, const User&,
                                const Secret& password) const override {
        if (bug == Bug::failsForOdd && password.view().find('\0') != std::string_view::npos) {
            return Error::internal("a password has no NUL");
        }
        const bool isBad =
            bug == Bug::refusesAll || (bug != Bug::refusesNothing && password.view() == "letmein");
        if (!isBad || (bug == Bug::forgets && ++asked_ > 20)) {
            return std::string();
        }
        return std::string(bug == Bug::saysASentence ? "Take another one!" : "password.bad");
    }

private:
    mutable std::atomic<int> asked_{0};
};

template <Bug bug> struct WrongBed {
    std::unique_ptr<PasswordRule> make() { return std::make_unique<WrongRule<bug>>(); }
    std::string good() { return "a sentence that nobody has said"; }
    std::string bad() { return "letmein"; }
};

class WrongRuleTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(WrongRuleTest);
    CPPUNIT_TEST(eachIsFound);
    CPPUNIT_TEST_SUITE_END();

    template <Bug bug> static void finds(const std::string& expected) {
        contractFinds<testkit::PasswordRuleContract<WrongBed<bug>>>(expected);
    }

public:
    void eachIsFound() {
        finds<Bug::none>("");
        finds<Bug::refusesAll>("goodIsGoodAndBadHasAText manyThreadsGetTheirs ");
        finds<Bug::refusesNothing>("goodIsGoodAndBadHasAText manyThreadsGetTheirs ");
        finds<Bug::saysASentence>("goodIsGoodAndBadHasAText ");
        finds<Bug::failsForOdd>("oddPasswordsAreData ");
        finds<Bug::forgets>("manyThreadsGetTheirs ");
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(WrongRuleTest);

}  // namespace

}  // namespace gatehouse
