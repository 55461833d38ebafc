// SPDX-License-Identifier: Apache-2.0
#include "ForgottenPassword.h"

#include <gatehouse/testkit/FacadeBed.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeContext.h>

#include <cppunit/extensions/HelperMacros.h>

#include <string>

namespace gatehouse {

namespace {

/// Takes every password.
class Passwords final : public UserEditor {
public:
    Result<UserPage> list(const Context&, std::string_view, std::size_t) const override {
        return UserPage{};
    }
    Result<User> add(const Context&, const User& user, const Secret&) override { return user; }
    Status update(const Context&, const User&) override { return done(); }
    Status setPassword(const Context&, std::string_view, const Secret&) override { return done(); }
    Status remove(const Context&, std::string_view) override { return done(); }
};

}  // namespace

class ForgottenPasswordTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ForgottenPasswordTest);
    CPPUNIT_TEST(whoOpensTheLinkSetsAPassword);
    CPPUNIT_TEST(aLinkSetsOnePassword);
    CPPUNIT_TEST(aNewPasswordEndsTheOtherLinks);
    CPPUNIT_TEST(aPasswordThatIsRefusedLeavesTheLink);
    CPPUNIT_TEST(whatNobodySentOpensNothing);
    CPPUNIT_TEST(aLinkIsGoodForAWhile);
    CPPUNIT_TEST(nobodyCanTellWhoIsThere);
    CPPUNIT_TEST(whoIsKnownOrCannotBeChangedIsNotAsked);
    CPPUNIT_TEST(anAddressHasItsQuota);
    CPPUNIT_TEST(whatCannotBeCountedSendsNothing);
    CPPUNIT_TEST_SUITE_END();

    testkit::FacadeBed bed_;
    testkit::FakeContext context_;
    Passwords store_;
    ForgottenPassword step_;

    static StepOutcome of(const Result<StepOutcome>& said) {
        CPPUNIT_ASSERT_MESSAGE(said ? "" : said.error().detail, bool(said));
        return *said;
    }
    std::string shown(LoginState& state) { return of(step_.ask(context_, state)).page.name; }
    /// The reference of the link.
    std::string ask(LoginState& state, const std::string& login = "ada") {
        state.remoteAddress = "192.0.2.1";
        state.returnUrl = "https://id.example/interaction/return";
        const auto said = of(step_.answer(context_, state, Form({{"username", login}})));
        CPPUNIT_ASSERT_EQUAL(std::string("forgotten_password_sent"), shown(state));
        return said.reference;
    }
    LoginState opened(const std::string& reference, LoginState state = {}) {
        const auto said = of(step_.returned(context_, state, Form({{"state", reference}})));
        CPPUNIT_ASSERT(said.next == StepOutcome::Next::again && said.message.empty());
        return state;
    }
    LoginState opened() {
        LoginState state;
        const auto reference = ask(state);
        return opened(reference, state);
    }
    bool sets(LoginState& state, const std::string& password = "a new password") {
        const auto said = of(step_.answer(
            context_, state, Form({{"new_password", password}, {"new_password_again", password}})));
        CPPUNIT_ASSERT_EQUAL(said.next == StepOutcome::Next::passed, state.person.has_value());
        return said.next == StepOutcome::Next::passed;
    }

public:
    void setUp() override {
        bed_.people.edited = &store_;
        bed_.people.ada.claims = {{"email", "ada@example.org"}, {"email_verified", true}};
        CPPUNIT_ASSERT(
            step_.configure(testkit::FakeConfig(fieldsOf<ForgottenPassword>(), {}), bed_.host));
        CPPUNIT_ASSERT(step_.start());
    }

    void whoOpensTheLinkSetsAPassword() {
        LoginState state;
        const auto reference = ask(state);
        CPPUNIT_ASSERT_EQUAL(
            "https://id.example/interaction/return?state=" + reference,
            std::string(bed_.mails.lastTo("ada@example.org")->values.text("link")));
        state = opened(reference, state);
        CPPUNIT_ASSERT(!state.person);
        CPPUNIT_ASSERT_EQUAL(std::string("forgotten_password_new"), shown(state));
        CPPUNIT_ASSERT(sets(state));
        CPPUNIT_ASSERT_EQUAL(std::string("id-of-ada"), state.person->user.id);
        CPPUNIT_ASSERT_EQUAL(std::string("password_changed"),
                             bed_.mails.lastTo("ada@example.org")->name);
    }

    void aLinkSetsOnePassword() {
        auto first = opened();
        auto second = first;
        CPPUNIT_ASSERT(sets(first));
        CPPUNIT_ASSERT(!sets(second));
        CPPUNIT_ASSERT_EQUAL(std::string("forgotten_password"), shown(second));
    }

    void aNewPasswordEndsTheOtherLinks() {
        auto first = opened();
        auto second = opened();
        CPPUNIT_ASSERT(sets(first));
        CPPUNIT_ASSERT(!sets(second));
    }

    void aPasswordThatIsRefusedLeavesTheLink() {
        auto state = opened();
        CPPUNIT_ASSERT(!sets(state, "leaked"));
        const auto asked = of(step_.ask(context_, state));
        CPPUNIT_ASSERT_EQUAL(std::string("password.leaked"), asked.page.message);
        CPPUNIT_ASSERT(sets(state));
    }

    void whatNobodySentOpensNothing() {
        LoginState asked;
        const auto reference = ask(asked);
        for (const auto& other :
             {std::string(), reference + "x", reference.substr(1), std::string("a")}) {
            auto state = opened(other, asked);
            CPPUNIT_ASSERT(!sets(state));
            CPPUNIT_ASSERT_EQUAL(std::string("forgotten_password"), shown(state));
        }
    }

    void aLinkIsGoodForAWhile() {
        auto state = opened();
        bed_.host.fakeClock.advance(std::chrono::minutes{31});
        CPPUNIT_ASSERT(!sets(state));
    }

    /// Unknown, not confirmed, disabled: the same page, and a link that is none.
    void nobodyCanTellWhoIsThere() {
        bed_.people.ada.claims.set("email_verified", false);
        for (const char* login : {"nobody", "ada"}) {
            LoginState state;
            const auto reference = ask(state, login);
            CPPUNIT_ASSERT_EQUAL(std::size_t{43}, reference.size());
            CPPUNIT_ASSERT(bed_.mails.lastTo("") && !bed_.mails.lastTo("ada@example.org"));
            auto back = opened(reference, state);
            CPPUNIT_ASSERT(!sets(back));
        }
        bed_.people.ada.claims.set("email_verified", true);
        bed_.people.ada.isDisabled = true;
        LoginState state;
        ask(state);
        CPPUNIT_ASSERT(!bed_.mails.lastTo("ada@example.org"));
    }

    void whoIsKnownOrCannotBeChangedIsNotAsked() {
        LoginState state;
        CPPUNIT_ASSERT(step_.needed(context_, state) == Need::yes);
        state.person = FoundUser{"people", bed_.people.ada};
        CPPUNIT_ASSERT(step_.needed(context_, state) == Need::unable);
        bed_.people.edited = nullptr;
        CPPUNIT_ASSERT(step_.needed(context_, {}) == Need::unable);
    }

    void anAddressHasItsQuota() {
        for (int number = 0; number < 20; ++number) {
            LoginState state;
            ask(state);
        }
        LoginState state;
        state.remoteAddress = "192.0.2.1";
        const auto said = of(step_.answer(context_, state, Form({{"username", "ada"}})));
        CPPUNIT_ASSERT(said.next == StepOutcome::Next::wait);
        state.remoteAddress = "192.0.2.2";
        CPPUNIT_ASSERT(of(step_.answer(context_, state, Form({{"username", "ada"}}))).next ==
                       StepOutcome::Next::again);
    }

    void whatCannotBeCountedSendsNothing() {
        bed_.host.fakeRecords.fail(Error::unavailable("away"));
        LoginState state;
        CPPUNIT_ASSERT(!step_.answer(context_, state, Form({{"username", "ada"}})));
        CPPUNIT_ASSERT(!bed_.mails.lastTo("ada@example.org"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ForgottenPasswordTest);

}  // namespace gatehouse
