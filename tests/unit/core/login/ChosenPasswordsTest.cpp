// SPDX-License-Identifier: Apache-2.0
#include "login/ChosenPasswords.h"

#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include "../../plugins/login_step_signup/EditablePeople.h"
#include "login/PersonDirectory.h"

#include <cppunit/extensions/HelperMacros.h>

#include <stdexcept>

namespace gatehouse {

namespace {

/// Nobody has another's name as a password; one breaks it.
class NoNames final : public PasswordRule {
public:
    Result<std::string> problem(const Context&, const User& person,
                                const Secret& password) const override {
        if (password.view() == "break the rule") {
            throw std::runtime_error("broken");
        }
        return std::string(password.view() == person.login ? "names.own" : "");
    }
};

}  // namespace

class ChosenPasswordsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ChosenPasswordsTest);
    CPPUNIT_TEST(whatIsChosenIsTheirsAndTold);
    CPPUNIT_TEST(whatIsWrongHasAKey);
    CPPUNIT_TEST(aRuleThatBreaksRefuses);
    CPPUNIT_TEST(aReadOnlyStoreSetsNone);
    CPPUNIT_TEST_SUITE_END();

    testkit::FakeHost host_;
    testkit::FakeContext context_;
    EditablePeople staff_;
    NoNames noNames_;

    FoundUser ada() {
        User ada;
        ada.login = "ada lovelace";
        auto added = staff_.add(context_, ada, Secret("the first one"));
        CPPUNIT_ASSERT(added);
        return {"staff", *added};
    }
    Result<std::string> choose(const FoundUser& person, const std::string& password) {
        const PersonDirectory people(host_);
        const ChosenPasswords passwords(host_, people, host_.all<PasswordRule>());
        return passwords.choose(context_, person, Secret(password), "192.0.2.1");
    }

public:
    void setUp() override {
        host_.add<UserStore>("staff", staff_);
        host_.add<PasswordRule>("no_names", noNames_);
    }

    void whatIsChosenIsTheirsAndTold() {
        const auto person = ada();
        CPPUNIT_ASSERT_EQUAL(std::string(), *choose(person, "brand new"));
        CPPUNIT_ASSERT(*staff_.checkPassword(context_, "ada lovelace", Secret("brand new")));
        const auto events = host_.fakeEvents.ofType("password.changed");
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, events.size());
        CPPUNIT_ASSERT_EQUAL("sub of staff/" + person.user.id, events[0].subject);
        CPPUNIT_ASSERT_EQUAL(std::string("192.0.2.1"), events[0].remoteAddress);
        CPPUNIT_ASSERT(events[0].details == (ValueMap{{"login", "ada lovelace"}}));
    }

    void whatIsWrongHasAKey() {
        const auto person = ada();
        for (const auto& [password, problem] : std::vector<std::pair<std::string, std::string>>{
                 {"the first one", "new_password.same"},
                 {"", "new_password.refused"},
                 {"short", "new_password.refused"},
                 {std::string(1025, 'a'), "new_password.refused"},
                 {"ada lovelace", "names.own"}}) {
            CPPUNIT_ASSERT_EQUAL(problem, *choose(person, password));
        }
        CPPUNIT_ASSERT(*staff_.checkPassword(context_, "ada lovelace", Secret("the first one")));
        CPPUNIT_ASSERT(host_.fakeEvents.all().empty());
    }

    void aRuleThatBreaksRefuses() {
        const auto said = choose(ada(), "break the rule");
        CPPUNIT_ASSERT(!said && said.error().fault == Fault::internal);
        CPPUNIT_ASSERT(said.error().detail.find("password_rule.no_names") != std::string::npos);
    }

    void aReadOnlyStoreSetsNone() {
        const auto person = ada();
        staff_.isEditable = false;
        const auto said = choose(person, "brand new");
        CPPUNIT_ASSERT(!said && said.error().fault == Fault::notAllowed);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ChosenPasswordsTest);

}  // namespace gatehouse
