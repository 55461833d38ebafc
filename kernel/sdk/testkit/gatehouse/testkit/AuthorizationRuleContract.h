// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/AuthorizationRule.h>
#include <gatehouse/testkit/FakeRequestInHand.h>
#include <gatehouse/testkit/JsonSize.h>
#include <gatehouse/testkit/OddTexts.h>
#include <gatehouse/testkit/PluginCase.h>
#include <gatehouse/testkit/Together.h>

#include <memory>
#include <set>
#include <string>

namespace gatehouse::testkit {

/// What every AuthorizationRule promises, run against the rule of a bed:
///
///     struct AcmeBed {                        // made anew for each case
///         /// Configured and started.
///         std::unique_ptr<gatehouse::AuthorizationRule> make();
///         /// Parameters of a request that it lets pass.
///         gatehouse::Form good();
///     };
///     CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::AuthorizationRuleContract<AcmeBed>);
///
/// Threads call the rule concurrently, so run it under a thread sanitizer once.
template <class Bed> class AuthorizationRuleContract : public PluginCase<AuthorizationRule, Bed> {
    using Base = PluginCase<AuthorizationRule, Bed>;
    using Base::bed_;
    using Base::plugin_;

    CPPUNIT_TEST_SUITE(AuthorizationRuleContract<Bed>);
    CPPUNIT_TEST(aGoodRequestPasses);
    CPPUNIT_TEST(itsNamesAreNames);
    CPPUNIT_TEST(itsNamesStayTheSame);
    CPPUNIT_TEST(aRequestWithoutItsParametersIsNoFault);
    CPPUNIT_TEST(oddValuesAreDataAndNeverSyntax);
    CPPUNIT_TEST(manyThreadsGetTheirAnswers);
    CPPUNIT_TEST(aBackendThatIsAwayIsNoAnswer);
    CPPUNIT_TEST(aSlowBackendIsGivenUpInTime);
    CPPUNIT_TEST(stoppingTwiceIsHarmless);
    CPPUNIT_TEST_SUITE_END();

public:
    void aGoodRequestPasses() {
        const auto note = plugin_->check(FakeRequestInHand(bed_->good()));
        CPPUNIT_ASSERT_MESSAGE(note ? "" : note.error().description, bool(note));
        assertSound(note, "a good request");
    }

    void itsNamesAreNames() {
        for (const auto& names : {plugin_->parameters(), plugin_->after()}) {
            std::set<std::string_view> different;
            for (const auto name : names) {
                CPPUNIT_ASSERT_MESSAGE("a name is empty", !name.empty());
                CPPUNIT_ASSERT_MESSAGE(std::string(name) + " twice", different.insert(name).second);
            }
        }
    }

    void itsNamesStayTheSame() {
        CPPUNIT_ASSERT(plugin_->parameters() == plugin_->parameters());
        CPPUNIT_ASSERT(plugin_->after() == plugin_->after());
    }

    void aRequestWithoutItsParametersIsNoFault() {
        assertSound(plugin_->check(FakeRequestInHand()), "no parameter");
        const Form good = bed_->good();
        for (const auto& field : good.fields()) {
            assertSound(plugin_->check(FakeRequestInHand(Form({field}))), "only " + field.first);
        }
    }

    void oddValuesAreDataAndNeverSyntax() {
        const Form good = bed_->good();
        for (std::size_t at = 0; at < good.fields().size(); ++at) {
            for (const auto& text : oddTexts()) {
                auto fields = good.fields();
                fields[at].second = text;
                assertSound(plugin_->check(FakeRequestInHand(Form(fields))),
                            fields[at].first + "=" + text.substr(0, 100));
            }
        }
    }

    void manyThreadsGetTheirAnswers() {
        together(8, [this](int /*number*/) {
            for (int round = 0; round < 50; ++round) {
                assertSound(plugin_->check(FakeRequestInHand(bed_->good())), "many threads");
            }
        });
    }

    void aBackendThatIsAwayIsNoAnswer() {
        Base::saysThatItIsAway([this](const Context& context) { return passesOrIsAway(context); });
    }

    void aSlowBackendIsGivenUpInTime() {
        Base::answersInTime([this](const Context& context) { return passesOrIsAway(context); });
    }

private:
    bool passesOrIsAway(const Context& context) const {
        FakeRequestInHand request(bed_->good());
        request.giveUpAt(context.deadline);
        const auto note = plugin_->check(request);
        return note || Base::isAway(note.error());
    }
    /// A note that can be kept, or a refusal that is nobody's fault here and echoes nothing.
    static void assertSound(const Result<ValueMap, OAuthError>& note, const std::string& of) {
        if (note) {
            CPPUNIT_ASSERT_MESSAGE(of + ": a note of more than 4096 bytes",
                                   jsonSize(*note) <= 4096);
            return;
        }
        const auto& error = note.error();
        CPPUNIT_ASSERT_MESSAGE(of + ": server_error: " + error.detail,
                               error.code != OAuthCode::serverError);
        CPPUNIT_ASSERT_MESSAGE(of + ": a refusal without description", !error.description.empty());
        for (const char c : error.description) {
            CPPUNIT_ASSERT_MESSAGE(of + ": " + error.description,
                                   c >= 0x20 && c < 0x7f && c != '"' && c != '\\');
        }
    }
};

}  // namespace gatehouse::testkit
