// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/testkit/FakeAnswerInHand.h>
#include <gatehouse/testkit/OddTexts.h>
#include <gatehouse/testkit/PluginCase.h>
#include <gatehouse/testkit/Together.h>

#include <memory>
#include <string>

namespace gatehouse::testkit {

/// What every ResponseMode promises, run against the mode of a bed:
///
///     struct AcmeBed {                        // made anew for each case
///         /// Configured and started.
///         std::unique_ptr<gatehouse::ResponseMode> make();
///     };
///     CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::ResponseModeContract<AcmeBed>);
///
/// Threads call the mode concurrently, so run it under a thread sanitizer once.
template <class Bed> class ResponseModeContract : public PluginCase<ResponseMode, Bed> {
    using Base = PluginCase<ResponseMode, Bed>;
    using Base::plugin_;

    CPPUNIT_TEST_SUITE(ResponseModeContract<Bed>);
    CPPUNIT_TEST(itHasAName);
    CPPUNIT_TEST(codesAndErrorsReachTheClient);
    CPPUNIT_TEST(theQueryOfARedirectUriIsKept);
    CPPUNIT_TEST(oddStatesAreDataAndNeverSyntax);
    CPPUNIT_TEST(manyThreadsGetTheirAnswers);
    CPPUNIT_TEST(aBackendThatIsAwayIsNoAnswer);
    CPPUNIT_TEST(aSlowBackendIsGivenUpInTime);
    CPPUNIT_TEST(stoppingTwiceIsHarmless);
    CPPUNIT_TEST_SUITE_END();

public:
    void itHasAName() {
        CPPUNIT_ASSERT(!plugin_->mode().empty());
        CPPUNIT_ASSERT_EQUAL(
            std::string::npos,
            std::string(plugin_->mode()).find_first_of(std::string("\0 \t\"&", 5)));
        CPPUNIT_ASSERT(plugin_->mode() == plugin_->mode());
    }

    void codesAndErrorsReachTheClient() {
        assertSound(code("st"), "a code");
        assertSound({{"error", "access_denied"},
                     {"error_description", "The person denied the request"},
                     {"iss", "https://id.example.org"}},
                    "an error");
    }

    void theQueryOfARedirectUriIsKept() {
        assertSound(code("st"), "a query", "https://site.example/cb?kept=1");
        assertSound(code("st"), "an app", "com.example.app:/cb");
    }

    void oddStatesAreDataAndNeverSyntax() {
        for (const auto& text : oddTexts()) {
            assertSound(code(text), "state=" + text.substr(0, 100));
        }
    }

    void manyThreadsGetTheirAnswers() {
        together(8, [this](int number) {
            for (int round = 0; round < 50; ++round) {
                assertSound(code(std::to_string(number)), "many threads");
            }
        });
    }

    void aBackendThatIsAwayIsNoAnswer() {
        Base::saysThatItIsAway([this](const Context& context) { return writesOrIsAway(context); });
    }

    void aSlowBackendIsGivenUpInTime() {
        Base::answersInTime([this](const Context& context) { return writesOrIsAway(context); });
    }

private:
    bool writesOrIsAway(const Context& context) const {
        FakeAnswerInHand answer(code("st"));
        answer.giveUpAt(context.deadline);
        const auto way = plugin_->write(answer);
        return way || Base::isAway(way.error());
    }
    static std::vector<Form::Field> code(const std::string& state) {
        return {{"code", "abc"}, {"state", state}, {"iss", "https://id.example.org"}};
    }
    /// It leads to the redirect URI, and its text is that of a URI; or it is posted there.
    void assertSound(const std::vector<Form::Field>& parameters, const std::string& of,
                     const std::string& uri = "https://site.example/cb") const {
        const auto way = plugin_->write(FakeAnswerInHand(parameters, uri));
        CPPUNIT_ASSERT_MESSAGE(of + ": " + (way ? "" : way.error().detail), bool(way));
        if (way->location.empty()) {
            CPPUNIT_ASSERT_MESSAGE(of + ": neither a location nor fields", !way->fields.empty());
            return;
        }
        CPPUNIT_ASSERT_EQUAL_MESSAGE(of, uri, way->location.substr(0, uri.size()));
        const auto rest = way->location.substr(uri.size());
        CPPUNIT_ASSERT_MESSAGE(of + ": nothing behind the redirect URI", rest.size() > 1);
        const bool hasQuery = uri.find('?') != std::string::npos;
        CPPUNIT_ASSERT_MESSAGE(of + ": " + rest.substr(0, 1) + " behind the redirect URI",
                               rest[0] == '#' || rest[0] == (hasQuery ? '&' : '?'));
        for (const char c : rest) {
            CPPUNIT_ASSERT_MESSAGE(of + ": a character that no URI has",
                                   c > 0x20 && c < 0x7f && c != '"' && c != '<' && c != '>');
        }
    }
};

}  // namespace gatehouse::testkit
