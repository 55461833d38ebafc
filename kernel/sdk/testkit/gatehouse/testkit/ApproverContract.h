// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/Approver.h>
#include <gatehouse/testkit/OddTexts.h>
#include <gatehouse/testkit/PluginCase.h>
#include <gatehouse/testkit/Together.h>

#include <memory>
#include <string>
#include <vector>

namespace gatehouse::testkit {

/// What every Approver promises, run against the plugin of a bed:
///
///     struct AcmeBed {                        // made anew for each case
///         /// Configured and started.
///         std::unique_ptr<gatehouse::Approver> make();
///         /// From now on it is to say this, whoever is asked.
///         void decide(gatehouse::Ruling::Says says);
///     };
///     CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::ApproverContract<AcmeBed>);
///
/// Threads call it concurrently, so run it under a thread sanitizer once.
template <class Bed> class ApproverContract : public PluginCase<Approver, Bed> {
    using Base = PluginCase<Approver, Bed>;
    using Base::bed_;
    using Base::context_;
    using Base::plugin_;

    CPPUNIT_TEST_SUITE(ApproverContract<Bed>);
    CPPUNIT_TEST(itSaysWhatWasDecided);
    CPPUNIT_TEST(whoWasAskedOnceCanBeAskedAgain);
    CPPUNIT_TEST(onlyWhoAllowsProvesAnything);
    CPPUNIT_TEST(oddTextsDecideNothingElse);
    CPPUNIT_TEST(awayDecidesNothing);
    CPPUNIT_TEST(aDeadlineIsKept);
    CPPUNIT_TEST(manyThreadsAskIt);
    CPPUNIT_TEST(stoppingTwiceIsHarmless);
    CPPUNIT_TEST_SUITE_END();

    using Says = Ruling::Says;

public:
    void itSaysWhatWasDecided() {
        for (const auto says : {Says::pending, Says::allow, Says::deny}) {
            bed_->decide(says);
            CPPUNIT_ASSERT(this->says(says));
        }
    }

    void whoWasAskedOnceCanBeAskedAgain() {
        bed_->decide(Says::pending);
        CPPUNIT_ASSERT(says(Says::pending));
        CPPUNIT_ASSERT(says(Says::pending));
        bed_->decide(Says::allow);
        CPPUNIT_ASSERT(says(Says::allow));
        CPPUNIT_ASSERT_MESSAGE("it was asked twice at once, and forgot", says(Says::allow));
    }

    void onlyWhoAllowsProvesAnything() {
        for (const auto says : {Says::pending, Says::deny}) {
            bed_->decide(says);
            const auto ruling = ask(context_, "id");
            CPPUNIT_ASSERT(ruling && ruling->amr.empty());
        }
    }

    void oddTextsDecideNothingElse() {
        bed_->decide(Says::deny);
        for (const auto& odd : oddTexts()) {
            const auto ruling = ask(context_, odd);
            CPPUNIT_ASSERT_MESSAGE(odd, !ruling || ruling->says != Says::allow);
        }
    }

    void awayDecidesNothing() {
        bed_->decide(Says::allow);
        this->saysThatItIsAway([this](const Context& context) { return allows(context); });
    }
    void aDeadlineIsKept() {
        bed_->decide(Says::allow);
        this->answersInTime([this](const Context& context) { return allows(context); });
    }

    void manyThreadsAskIt() {
        bed_->decide(Says::allow);
        together(4, [this](int) {
            for (int turn = 0; turn < 25; ++turn) {
                CPPUNIT_ASSERT(says(Says::allow));
            }
        });
    }

private:
    Result<Ruling> ask(const Context& context, const std::string& text) const {
        Client client;
        client.id = "shop";
        client.name = text;
        const Subject person{"sub-of-ada", "people", "ada"};
        const ScopeSet scopes{"openid"};
        const std::vector<std::string> resources{text};
        const ValueMap shown{{"binding_message", text}};
        return plugin_->ask(context, {"aWQ", client, person, scopes, resources, shown,
                                      "https://id.example/approvals/ask/aWQ", TimePoint{}});
    }
    bool says(Says wanted) const {
        const auto ruling = ask(context_, "text");
        return ruling && ruling->says == wanted;
    }
    bool allows(const Context& context) const {
        const auto ruling = ask(context, "text");
        if (!ruling) {
            CPPUNIT_ASSERT_MESSAGE(ruling.error().detail, ruling.error().isTemporary());
            return false;
        }
        return ruling->says == Says::allow;
    }
};

}  // namespace gatehouse::testkit
