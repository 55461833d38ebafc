// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/AnswerMember.h>
#include <gatehouse/testkit/FakeAnswerInHand.h>
#include <gatehouse/testkit/OddTexts.h>
#include <gatehouse/testkit/PluginCase.h>
#include <gatehouse/testkit/Together.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>

namespace gatehouse::testkit {

/// What every AnswerMember promises, run against the plugin of a bed:
///
///     struct AcmeBed {                        // made anew for each case
///         /// Configured and started.
///         std::unique_ptr<gatehouse::AnswerMember> make();
///     };
///     CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::AnswerMemberContract<AcmeBed>);
///
/// Threads call it concurrently, so run it under a thread sanitizer once.
template <class Bed> class AnswerMemberContract : public PluginCase<AnswerMember, Bed> {
    using Base = PluginCase<AnswerMember, Bed>;
    using Base::context_;
    using Base::plugin_;

    CPPUNIT_TEST_SUITE(AnswerMemberContract<Bed>);
    CPPUNIT_TEST(codesAndErrorsGetMore);
    CPPUNIT_TEST(oddSessionsAreData);
    CPPUNIT_TEST(cookiesAreSound);
    CPPUNIT_TEST(manyThreadsGetTheirs);
    CPPUNIT_TEST(stoppingTwiceIsHarmless);
    CPPUNIT_TEST_SUITE_END();

public:
    void codesAndErrorsGetMore() {
        for (const auto* uri : {"https://site.example/cb?kept=1", "com.example.app:/cb"}) {
            for (const auto* sid : {"", "s1"}) {
                assertSound({{"code", "c"}, {"state", "st"}, {"iss", "https://id.example.org"}},
                            uri, sid);
                assertSound({{"error", "access_denied"}, {"iss", "https://id.example.org"}}, uri,
                            sid);
            }
        }
    }

    void oddSessionsAreData() {
        for (const auto& odd : oddTexts()) {
            assertSound({{"code", "c"}, {"state", odd}}, "https://site.example/cb", odd);
        }
    }

    void cookiesAreSound() {
        for (const auto* sid : {"", "s1"}) {
            const auto cookies = plugin_->cookies(context_, sid);
            CPPUNIT_ASSERT(cookies);
            for (const auto& cookie : *cookies) {
                CPPUNIT_ASSERT(isText(cookie.name, "=;, ") && !cookie.name.empty());
                CPPUNIT_ASSERT(isText(cookie.value, ";, "));
            }
        }
    }

    void manyThreadsGetTheirs() {
        together(4, [this](int) {
            for (int turn = 0; turn < 25; ++turn) {
                codesAndErrorsGetMore();
            }
        });
    }

private:
    static bool isText(std::string_view text, std::string_view without) {
        return std::all_of(text.begin(), text.end(), [&](char c) {
            return c > 0x20 && c < 0x7f && without.find(c) == std::string_view::npos;
        });
    }

    void assertSound(std::vector<Form::Field> parameters, const std::string& uri,
                     std::string_view sid) {
        const FakeAnswerInHand answer(std::move(parameters), uri);
        const auto added = plugin_->parameters(answer, sid);
        CPPUNIT_ASSERT(added);
        for (const auto& [name, value] : *added) {
            CPPUNIT_ASSERT(!name.empty() && isText(name, "&="));
            CPPUNIT_ASSERT_MESSAGE(name, isText(value, ""));
            for (const auto& known : answer.parameters()) {
                CPPUNIT_ASSERT_MESSAGE(name + " is there already", known.first != name);
            }
        }
    }
};

}  // namespace gatehouse::testkit
