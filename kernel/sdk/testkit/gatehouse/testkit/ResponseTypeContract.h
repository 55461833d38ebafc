// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/ResponseType.h>
#include <gatehouse/testkit/FakeAnswerInMaking.h>
#include <gatehouse/testkit/OddTexts.h>
#include <gatehouse/testkit/PluginCase.h>
#include <gatehouse/testkit/Together.h>

#include <memory>
#include <string>
#include <string_view>

namespace gatehouse::testkit {

/// What every ResponseType promises, run against the kind of a bed:
///
///     struct AcmeBed {                        // made anew for each case
///         /// Configured and started.
///         std::unique_ptr<gatehouse::ResponseType> make();
///         /// Parameters of a request for it that it lets pass.
///         gatehouse::Form good();
///     };
///     CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::ResponseTypeContract<AcmeBed>);
///
/// Threads call the kind concurrently, so run it under a thread sanitizer once.
template <class Bed> class ResponseTypeContract : public PluginCase<ResponseType, Bed> {
    using Base = PluginCase<ResponseType, Bed>;
    using Base::bed_;
    using Base::plugin_;

    CPPUNIT_TEST_SUITE(ResponseTypeContract<Bed>);
    CPPUNIT_TEST(itsKindIsAWord);
    CPPUNIT_TEST(aGoodRequestPasses);
    CPPUNIT_TEST(aRequestWithoutItsParametersIsNoFault);
    CPPUNIT_TEST(oddValuesAreDataAndNeverSyntax);
    CPPUNIT_TEST(itAddsWhatAnAnswerMayHave);
    CPPUNIT_TEST(itAddsAgainWhatItAdded);
    CPPUNIT_TEST(aTokenThatIsRefusedIsNoAnswer);
    CPPUNIT_TEST(manyThreadsGetTheirAnswers);
    CPPUNIT_TEST(aBackendThatIsAwayIsNoAnswer);
    CPPUNIT_TEST(aSlowBackendIsGivenUpInTime);
    CPPUNIT_TEST(stoppingTwiceIsHarmless);
    CPPUNIT_TEST_SUITE_END();

public:
    void itsKindIsAWord() {
        const std::string kind(plugin_->kind());
        CPPUNIT_ASSERT_MESSAGE("no kind", !kind.empty());
        CPPUNIT_ASSERT_MESSAGE("code is the kernel's", kind != ResponseType::code);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(kind, std::string::npos,
                                     kind.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKL"
                                                            "MNOPQRSTUVWXYZ0123456789_"));
        CPPUNIT_ASSERT(plugin_->kind() == plugin_->kind());
        CPPUNIT_ASSERT(plugin_->grant() == plugin_->grant());
    }

    void aGoodRequestPasses() {
        const auto checked = plugin_->check(bed_->good());
        CPPUNIT_ASSERT_MESSAGE(checked ? "" : checked.error().description, bool(checked));
    }

    void aRequestWithoutItsParametersIsNoFault() {
        assertSound(plugin_->check({}), "no parameter");
        const Form good = bed_->good();
        for (const auto& field : good.fields()) {
            assertSound(plugin_->check(Form({field})), "only " + field.first);
        }
    }

    void oddValuesAreDataAndNeverSyntax() {
        const Form good = bed_->good();
        for (std::size_t at = 0; at < good.fields().size(); ++at) {
            for (const auto& text : oddTexts()) {
                auto fields = good.fields();
                fields[at].second = text;
                assertSound(plugin_->check(Form(fields)),
                            fields[at].first + "=" + text.substr(0, 100));
            }
        }
    }

    /// What the kernel says, and what comes with a failure, is not its to say.
    void itAddsWhatAnAnswerMayHave() {
        FakeAnswerInMaking answer;
        const auto added = plugin_->addTo(answer);
        CPPUNIT_ASSERT_MESSAGE(added ? "" : added.error().description, bool(added));
        for (std::size_t at = 1; at < answer.parameters().size(); ++at) {
            const auto& [name, value] = answer.parameters()[at];
            for (const auto* other : {"", "code", "state", "iss", "error", "error_description"}) {
                CPPUNIT_ASSERT_MESSAGE("it adds \"" + name + "\"", name != other);
            }
            CPPUNIT_ASSERT_MESSAGE(name + " is empty", !value.empty());
        }
    }

    /// It is asked again when somebody else was first.
    void itAddsAgainWhatItAdded() {
        FakeAnswerInMaking first;
        FakeAnswerInMaking second;
        CPPUNIT_ASSERT(plugin_->addTo(first) && plugin_->addTo(second));
        CPPUNIT_ASSERT_EQUAL(first.parameters().size(), second.parameters().size());
        for (std::size_t at = 0; at < first.parameters().size(); ++at) {
            CPPUNIT_ASSERT_EQUAL(first.parameters()[at].first, second.parameters()[at].first);
        }
    }

    void aTokenThatIsRefusedIsNoAnswer() {
        FakeAnswerInMaking answer;
        answer.isRefusing = true;
        const auto added = plugin_->addTo(answer);
        CPPUNIT_ASSERT_MESSAGE("it passes over that there is no token",
                               !added || !answer.hasRefused);
    }

    void manyThreadsGetTheirAnswers() {
        together(8, [this](int /*number*/) {
            for (int round = 0; round < 50; ++round) {
                FakeAnswerInMaking answer;
                CPPUNIT_ASSERT(plugin_->check(bed_->good()) && plugin_->addTo(answer));
            }
        });
    }

    void aBackendThatIsAwayIsNoAnswer() {
        Base::saysThatItIsAway([this](const Context& context) { return addsOrIsAway(context); });
    }

    void aSlowBackendIsGivenUpInTime() {
        Base::answersInTime([this](const Context& context) { return addsOrIsAway(context); });
    }

private:
    bool addsOrIsAway(const Context& context) const {
        FakeAnswerInMaking answer;
        answer.giveUpAt(context.deadline);
        const auto added = plugin_->addTo(answer);
        return added || Base::isAway(added.error());
    }
    /// It passes, or is refused with words that echo nothing.
    static void assertSound(const Result<std::monostate, OAuthError>& checked,
                            const std::string& of) {
        if (checked) {
            return;
        }
        const auto& error = checked.error();
        CPPUNIT_ASSERT_MESSAGE(of + ": server_error: " + error.detail,
                               error.code != OAuthCode::serverError);
        CPPUNIT_ASSERT_MESSAGE(of + ": a refusal without description", !error.description.empty());
        CPPUNIT_ASSERT_MESSAGE(of + ": " + error.description, isErrorText(error.description));
    }
};

}  // namespace gatehouse::testkit
