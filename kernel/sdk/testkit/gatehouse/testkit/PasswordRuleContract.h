// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/PasswordRule.h>
#include <gatehouse/testkit/OddTexts.h>
#include <gatehouse/testkit/PluginCase.h>
#include <gatehouse/testkit/Together.h>

#include <memory>
#include <string>

namespace gatehouse::testkit {

/// What every PasswordRule promises, run against the plugin of a bed:
///
///     struct AcmeBed {                        // made anew for each case
///         /// Configured and started.
///         std::unique_ptr<gatehouse::PasswordRule> make();
///         std::string good();                 // a password that it has nothing against
///         std::string bad();                  // one that nobody should have
///     };
///     CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::PasswordRuleContract<AcmeBed>);
///
/// Threads call it concurrently, so run it under a thread sanitizer once.
template <class Bed> class PasswordRuleContract : public PluginCase<PasswordRule, Bed> {
    using Base = PluginCase<PasswordRule, Bed>;
    using Base::bed_;
    using Base::context_;
    using Base::plugin_;

    CPPUNIT_TEST_SUITE(PasswordRuleContract<Bed>);
    CPPUNIT_TEST(goodIsGoodAndBadHasAText);
    CPPUNIT_TEST(oddPasswordsAreData);
    CPPUNIT_TEST(manyThreadsGetTheirs);
    CPPUNIT_TEST(stoppingTwiceIsHarmless);
    CPPUNIT_TEST_SUITE_END();

public:
    void goodIsGoodAndBadHasAText() {
        CPPUNIT_ASSERT_EQUAL(std::string(), said(bed_->good()));
        const auto key = said(bed_->bad());
        CPPUNIT_ASSERT(!key.empty());
        for (const char letter : key) {
            CPPUNIT_ASSERT_MESSAGE(key + " is the key of a text",
                                   letter == '.' || letter == '_' ||
                                       (letter >= 'a' && letter <= 'z') ||
                                       (letter >= '0' && letter <= '9'));
        }
    }

    void oddPasswordsAreData() {
        for (const auto& odd : oddTexts()) {
            said(odd);
        }
        said(std::string(1024, '\xff'));
    }

    void manyThreadsGetTheirs() {
        const auto good = bed_->good();
        const auto bad = bed_->bad();
        together(4, [&](int) {
            for (int turn = 0; turn < 25; ++turn) {
                CPPUNIT_ASSERT(said(good).empty());
                CPPUNIT_ASSERT(!said(bad).empty());
            }
        });
    }

private:
    std::string said(const std::string& password) {
        User person;
        person.login = "ada";
        const auto problem = plugin_->problem(context_, person, Secret(password));
        CPPUNIT_ASSERT_MESSAGE(problem ? "" : problem.error().detail, problem);
        return *problem;
    }
};

}  // namespace gatehouse::testkit
