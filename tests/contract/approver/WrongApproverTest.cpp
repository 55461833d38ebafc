// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/ApproverContract.h>
#include <gatehouse/testkit/HostBed.h>

#include "../AskRecords.h"
#include "../ContractFinds.h"

#include <atomic>
#include <stdexcept>

namespace gatehouse {

namespace {

enum class Bug { none, forgets, provesAlways, throwsAtOddTexts, allowsWhenAway, isPatient };

/// Has what was decided from the bed, and asks its storage before it says so.
template <Bug bug> class WrongApprover final : public Approver {
public:
    WrongApprover(Host& host, const std::atomic<Ruling::Says>& decided)
        : host_(host), decided_(decided) {}

    Result<Ruling> ask(const Context& context, const Approval& approval) const override {
        const auto asked = askRecords(host_, context, bug == Bug::isPatient);
        if (!asked) {
            return bug == Bug::allowsWhenAway ? Error::internal("away") : asked.error();
        }
        if (bug == Bug::throwsAtOddTexts && approval.client.name.size() > 1000) {
            throw std::length_error("a long name");
        }
        const Ruling::Says decided = decided_;
        if (bug == Bug::forgets && decided == Ruling::Says::allow && hasAllowed_.exchange(true)) {
            return Ruling{};
        }
        const bool proves = bug == Bug::provesAlways || decided == Ruling::Says::allow;
        return Ruling{decided,
                      proves ? std::vector<std::string>{"face"} : std::vector<std::string>()};
    }

private:
    Host& host_;
    const std::atomic<Ruling::Says>& decided_;
    mutable std::atomic<bool> hasAllowed_{false};
};

template <Bug bug> struct WrongBed : testkit::HostBed {
    std::unique_ptr<Approver> make() { return std::make_unique<WrongApprover<bug>>(host, decided); }
    void decide(Ruling::Says says) { decided = says; }

    std::atomic<Ruling::Says> decided{Ruling::Says::pending};
};

class WrongApproverTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(WrongApproverTest);
    CPPUNIT_TEST(eachIsFound);
    CPPUNIT_TEST_SUITE_END();

    template <Bug bug> static void finds(const std::string& expected) {
        contractFinds<testkit::ApproverContract<WrongBed<bug>>>(expected);
    }

public:
    void eachIsFound() {
        finds<Bug::none>("");
        finds<Bug::forgets>("whoWasAskedOnceCanBeAskedAgain awayDecidesNothing aDeadlineIsKept "
                            "manyThreadsAskIt ");
        finds<Bug::provesAlways>("onlyWhoAllowsProvesAnything ");
        finds<Bug::throwsAtOddTexts>("oddTextsDecideNothingElse ");
        finds<Bug::allowsWhenAway>("awayDecidesNothing aDeadlineIsKept ");
        finds<Bug::isPatient>("aDeadlineIsKept ");
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(WrongApproverTest);

}  // namespace

}  // namespace gatehouse
