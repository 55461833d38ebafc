// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/AskedStep.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/point/LoginStep.h>
#include <gatehouse/testkit/JsonSize.h>
#include <gatehouse/testkit/OddTexts.h>
#include <gatehouse/testkit/PluginCase.h>
#include <gatehouse/testkit/Together.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::testkit {

/// What every LoginStep that asks by pages promises, run against the step of a bed:
///
///     struct CardBed {                        // made anew for each case
///         /// The step, configured and started.
///         std::unique_ptr<gatehouse::LoginStep> make();
///         /// A login that has come to the step, by somebody who can pass it.
///         gatehouse::LoginState login();
///         /// The form that passes the page which the step asked for last.
///         gatehouse::Form right(const gatehouse::LoginState& state);
///         /// Optional: what a browser comes back with that was sent to this URL.
///         gatehouse::Form back(const std::string& url);
///         /// Optional: the links that it sends are opened (StepOutcome::reference).
///         static constexpr bool opensLinks = true;
///         /// Optional: what is asked for has no right answer, so that another text may be as
///         good,
///         /// and one that is not taken is no guess.
///         static constexpr bool takesAnyText = true;
///     };
///     CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::LoginStepContract<CardBed>);
///
/// Threads call the step concurrently, so run it under a thread sanitizer once.
template <class Bed> class LoginStepContract : public PluginCase<LoginStep, Bed> {
    using Base = PluginCase<LoginStep, Bed>;
    using Base::bed_;
    using Base::context_;
    using Base::plugin_;

    CPPUNIT_TEST_SUITE(LoginStepContract<Bed>);
    CPPUNIT_TEST(whatItProvesIsAWord);
    CPPUNIT_TEST(whoCanAnswerIsAsked);
    CPPUNIT_TEST(pagesHaveNames);
    CPPUNIT_TEST(rightAnswersPass);
    CPPUNIT_TEST(whoIsKnownStaysWhoTheyAre);
    CPPUNIT_TEST(anEmptyFormDoesNotPass);
    CPPUNIT_TEST(oddTextsAreWrongAnswers);
    CPPUNIT_TEST(whatItKeepsFitsIntoAnAddress);
    CPPUNIT_TEST(whatComesBackUnaskedDoesNotPass);
    CPPUNIT_TEST(whatSitesAskForItByIsAWord);
    CPPUNIT_TEST(manyThreadsMayAsk);
    CPPUNIT_TEST(aBackendThatIsAwayIsNoAnswer);
    CPPUNIT_TEST(aSlowBackendIsGivenUpInTime);
    CPPUNIT_TEST(stoppingTwiceIsHarmless);
    CPPUNIT_TEST_SUITE_END();

public:
    void whatItProvesIsAWord() {
        CPPUNIT_ASSERT(isErrorText(plugin_->amr()));
        CPPUNIT_ASSERT(plugin_->amr().find(' ') == std::string_view::npos);
    }

    void whoCanAnswerIsAsked() {
        const auto state = bed_->login();
        const Need need = plugin_->needed(context_, state);
        CPPUNIT_ASSERT(need == Need::yes || need == Need::offered);
        CPPUNIT_ASSERT(need == plugin_->needed(context_, state));
    }

    /// A template is found by it.
    void pagesHaveNames() {
        eachPage([](LoginState&, const StepOutcome& asked) {
            const auto& name = asked.page.name;
            CPPUNIT_ASSERT(!name.empty());
            CPPUNIT_ASSERT(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") ==
                           std::string::npos);
        });
    }

    void rightAnswersPass() { CPPUNIT_ASSERT(pass()); }

    void whoIsKnownStaysWhoTheyAre() {
        LoginState state = bed_->login();
        const auto before = state.person;
        CPPUNIT_ASSERT(pass(state));
        if (before) {
            CPPUNIT_ASSERT(state.person);
            CPPUNIT_ASSERT_EQUAL(before->store, state.person->store);
            CPPUNIT_ASSERT_EQUAL(before->user.id, state.person->user.id);
        }
    }

    void anEmptyFormDoesNotPass() {
        eachPage([this](LoginState& state, const StepOutcome&) {
            refuses(state, Form());
            refuses(state, Form(std::vector<Form::Field>{{"no_field_of_this_page", "1"}}));
        });
    }

    void oddTextsAreWrongAnswers() {
        eachPage([this](LoginState& state, const StepOutcome&) {
            eachOddForm(state, [&](const Form& form) {
                if constexpr (takesAnyText<Bed>(0)) {
                    LoginState login = state;
                    const auto said = plugin_->answer(context_, login, form);
                    CPPUNIT_ASSERT_MESSAGE(said ? "" : said.error().detail, bool(said));
                } else {
                    refuses(state, form);
                }
            });
        });
    }

    /// A browser's and a proxy's limits hold for the address of the login.
    void whatItKeepsFitsIntoAnAddress() {
        eachPage([this](LoginState& asked, const StepOutcome&) {
            eachOddForm(asked, [&](const Form& form) {
                LoginState state = asked;
                (void)plugin_->answer(context_, state, form);
                CPPUNIT_ASSERT(jsonSize(state.kept) <= mostKept);
                CPPUNIT_ASSERT(state.loginHint.size() <= mostKept);
            });
        });
    }

    void whatComesBackUnaskedDoesNotPass() {
        for (const auto& odd : oddTexts()) {
            LoginState state = bed_->login();
            const auto outcome =
                plugin_->returned(context_, state, Form({{"code", odd}, {"error", odd}}));
            CPPUNIT_ASSERT(!outcome || outcome->next != StepOutcome::Next::passed);
        }
    }

    /// Of `prompt`, which is a list with blanks between.
    void whatSitesAskForItByIsAWord() {
        if (const auto* asked = capabilityOf<AskedStep>(*plugin_)) {
            const std::string prompt(asked->prompt());
            CPPUNIT_ASSERT(isErrorText(prompt));
            CPPUNIT_ASSERT(!prompt.empty() && prompt.find(' ') == std::string::npos);
            CPPUNIT_ASSERT_EQUAL(asked->missing({}), asked->missing({}));
        }
    }

    void manyThreadsMayAsk() {
        constexpr int turns = 25;
        std::vector<LoginState> logins(4 * turns);
        std::generate(logins.begin(), logins.end(), [this] { return bed_->login(); });
        together(4, [&](int number) {
            for (int turn = 0; turn < turns; ++turn) {
                CPPUNIT_ASSERT(pass(logins[static_cast<std::size_t>(number * turns + turn)]));
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
    static constexpr auto lookAway = [](const LoginState&, const StepOutcome&) {};
    static constexpr int mostPages = 10;
    static constexpr std::size_t mostKept = 4096;

    /// Goes through the step by right answers. `look` is given each page's login and question.
    template <class Look>
    Result<bool> walk(const Context& context, LoginState& state, const Look& look) {
        for (int page = 0; page < mostPages; ++page) {
            const auto asked = plugin_->ask(context, state);
            if (!asked) {
                return asked.error();
            }
            CPPUNIT_ASSERT(asked->next == StepOutcome::Next::page);
            assertNobodyGuesses(asked->reference);
            look(state, *asked);
            if (const auto again = plugin_->ask(context, state); !again) {  // so many wrong answers
                return again.error();  // may have used a question up
            }
            auto said = plugin_->answer(context, state, bed_->right(state));
            if (said && said->next == StepOutcome::Next::redirect) {
                said = plugin_->returned(context, state, back<Bed>(said->url, 0));
            }
            if (said && !said->reference.empty()) {
                assertNobodyGuesses(said->reference);
                said = opensLinks<Bed>(0) ? open(context, state, said->reference) : said;
            }
            if (!said) {
                return said.error();
            }
            CPPUNIT_ASSERT_EQUAL(std::string(), said->message);
            if (said->next != StepOutcome::Next::again) {
                return said->next == StepOutcome::Next::passed;
            }
        }
        return false;
    }
    /// Another link leads nowhere.
    Result<StepOutcome> open(const Context& context, LoginState& state,
                             const std::string& reference) {
        LoginState other = state;
        const auto none = plugin_->returned(context, other, Form({{"state", reference + "x"}}));
        CPPUNIT_ASSERT(!none || (none->next != StepOutcome::Next::passed && !other.person));
        return plugin_->returned(context, state, Form({{"state", reference}}));
    }
    /// Of 128 random bits or more, in a URL as it is.
    static void assertNobodyGuesses(const std::string& reference) {
        constexpr std::size_t shortest = 22;
        CPPUNIT_ASSERT(reference.empty() || reference.size() >= shortest);
        CPPUNIT_ASSERT(reference.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrst"
                                                   "uvwxyz0123456789-_") == std::string::npos);
    }
    template <class Look> bool walk(LoginState& state, const Look& look) {
        const auto walked = walk(context_, state, look);
        CPPUNIT_ASSERT_MESSAGE(walked ? "" : walked.error().detail, bool(walked));
        return *walked;
    }
    bool pass(LoginState& state) { return walk(state, lookAway); }
    bool passesOrIsAway(const Context& context) {
        LoginState state = bed_->login();
        (void)plugin_->needed(context, state);
        const auto passed = walk(context, state, lookAway);
        return passed ? *passed : Base::isAway(passed.error());
    }
    bool pass() {
        LoginState state = bed_->login();
        return pass(state);
    }
    template <class Look> void eachPage(const Look& look) {
        LoginState state = bed_->login();
        CPPUNIT_ASSERT(walk(state, look));
    }
    /// The right form with each field in turn spoiled.
    template <class Look> void eachOddForm(const LoginState& state, const Look& look) {
        const auto right = bed_->right(state).fields();
        for (const auto& odd : oddTexts()) {
            for (std::size_t field = 0; field < right.size(); ++field) {
                auto spoiled = right;
                spoiled[field].second = odd;
                look(Form(std::move(spoiled)));
            }
        }
    }
    void refuses(const LoginState& asked, const Form& form) {
        LoginState state = asked;
        const auto said = plugin_->answer(context_, state, form);
        CPPUNIT_ASSERT_MESSAGE(said ? "" : said.error().detail, bool(said));
        CPPUNIT_ASSERT(said->next == StepOutcome::Next::again ||
                       said->next == StepOutcome::Next::failed);
        CPPUNIT_ASSERT(asked.person || !state.person);
        CPPUNIT_ASSERT_MESSAGE("a wrong answer counts only with a message",
                               takesAnyText<Bed>(0) || !said->message.empty());
    }
    template <class B>
    auto back(const std::string& url, int) -> decltype(std::declval<B&>().back(url)) {
        return bed_->back(url);
    }
    template <class B> Form back(const std::string&, long) { return Form(); }
    template <class B> static constexpr auto opensLinks(int) -> decltype(B::opensLinks) {
        return B::opensLinks;
    }
    template <class B> static constexpr bool opensLinks(long) { return false; }
    template <class B> static constexpr auto takesAnyText(int) -> decltype(B::takesAnyText) {
        return B::takesAnyText;
    }
    template <class B> static constexpr bool takesAnyText(long) { return false; }
};

}  // namespace gatehouse::testkit
