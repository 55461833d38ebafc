// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/AskedStep.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/HostBed.h>
#include <gatehouse/testkit/LoginStepContract.h>

#include "../AskRecords.h"
#include "../ContractFinds.h"

#include <atomic>
#include <stdexcept>

namespace gatehouse {

namespace {

enum class Bug {
    none,
    asksNobody,
    pageWithAPath,
    exchangesPeople,
    passesWithoutAnAnswer,
    throwsAtLongAnswers,
    keepsAnswers,
    believesReturns,
    saysNothing,
    asksWithBlanks,
    awayIsWrong,
    throwsWhenAway,
    staysAway,
    isPatient
};

/// Wants to hear "please".
template <Bug bug> class WrongStep final : public With<LoginStep, AskedStep> {
public:
    Status configure(const Config&, Host& host) override {
        host_ = &host;
        return done();
    }
    std::string_view amr() const noexcept override { return "kba"; }
    Need needed(const Context&, const LoginState&) const override {
        return bug == Bug::asksNobody ? Need::unable : Need::yes;
    }
    Result<StepOutcome> ask(const Context&, LoginState&) const override {
        return StepOutcome::show({bug == Bug::pageWithAPath ? "../please" : "please", {}});
    }
    Result<StepOutcome> answer(const Context& context, LoginState& state,
                               const Form& form) const override {
        const std::string word(form.text("word"));
        const auto asked = askRecords(*host_, context, bug == Bug::isPatient);
        wasAway_ = !asked || (wasAway_ && bug == Bug::staysAway);
        if (wasAway_ && bug == Bug::awayIsWrong) {
            return StepOutcome::again("please.wrong");
        }
        if (wasAway_ && bug == Bug::throwsWhenAway) {
            throw std::runtime_error("away");
        }
        if (wasAway_) {
            return Error::unavailable("away");
        }
        if (bug == Bug::throwsAtLongAnswers && word.size() > 1000) {
            throw std::length_error("a long word");
        }
        if (bug == Bug::keepsAnswers) {
            state.kept.set("word", word);
        }
        if (bug == Bug::exchangesPeople) {
            state.person->user.id = "2";
        }
        if (word == "please" || (bug == Bug::passesWithoutAnAnswer && word.empty())) {
            return StepOutcome::passed();
        }
        return StepOutcome::again(bug == Bug::saysNothing ? "" : "please.wrong");
    }
    Result<StepOutcome> returned(const Context&, LoginState&, const Form&) const override {
        return bug == Bug::believesReturns ? StepOutcome::passed() : StepOutcome::failed();
    }

    std::string_view prompt() const noexcept override {
        return bug == Bug::asksWithBlanks ? "say please" : "please";
    }
    std::string missing(const std::vector<Host::Named<UserStore>>&) const override { return {}; }

private:
    Host* host_ = nullptr;
    mutable std::atomic<bool> wasAway_{false};
};

template <Bug bug> struct WrongBed : testkit::HostBed {
    std::unique_ptr<LoginStep> make() {
        auto made = std::make_unique<WrongStep<bug>>();
        CPPUNIT_ASSERT(made->configure(testkit::FakeConfig{}, host));
        return made;
    }
    LoginState login() {
        LoginState state;
        state.person = FoundUser{"people", User{"1", "ada", false, {}, false}};
        return state;
    }
    Form right(const LoginState&) { return Form({{"word", "please"}}); }
};

template <Bug bug> using Contract = testkit::LoginStepContract<WrongBed<bug>>;

}  // namespace

/// The contract suite finds what it is there to find, and nothing else.
class WrongLoginStepTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(WrongLoginStepTest);
    CPPUNIT_TEST(aRightStepPasses);
    CPPUNIT_TEST(wrongOnesAreFound);
    CPPUNIT_TEST(whoMistakesABackendIsFound);
    CPPUNIT_TEST_SUITE_END();

public:
    void aRightStepPasses() { contractFinds<Contract<Bug::none>>(""); }

    void wrongOnesAreFound() {
        contractFinds<Contract<Bug::asksNobody>>("whoCanAnswerIsAsked ");
        contractFinds<Contract<Bug::pageWithAPath>>("pagesHaveNames ");
        contractFinds<Contract<Bug::exchangesPeople>>("whoIsKnownStaysWhoTheyAre ");
        contractFinds<Contract<Bug::passesWithoutAnAnswer>>("anEmptyFormDoesNotPass ");
        contractFinds<Contract<Bug::throwsAtLongAnswers>>(
            "oddTextsAreWrongAnswers whatItKeepsFitsIntoAnAddress ");
        contractFinds<Contract<Bug::keepsAnswers>>("whatItKeepsFitsIntoAnAddress ");
        contractFinds<Contract<Bug::believesReturns>>("whatComesBackUnaskedDoesNotPass ");
        contractFinds<Contract<Bug::saysNothing>>(
            "anEmptyFormDoesNotPass oddTextsAreWrongAnswers ");
        contractFinds<Contract<Bug::asksWithBlanks>>("whatSitesAskForItByIsAWord ");
    }

    void whoMistakesABackendIsFound() {
        const std::string away = "aBackendThatIsAwayIsNoAnswer ";
        const std::string slow = "aSlowBackendIsGivenUpInTime ";
        contractFinds<Contract<Bug::awayIsWrong>>(away + slow);
        contractFinds<Contract<Bug::throwsWhenAway>>(away + slow);
        contractFinds<Contract<Bug::staysAway>>(away + slow);
        contractFinds<Contract<Bug::isPatient>>(slow);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(WrongLoginStepTest);

}  // namespace gatehouse
