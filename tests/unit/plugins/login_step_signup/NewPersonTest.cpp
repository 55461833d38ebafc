// SPDX-License-Identifier: Apache-2.0
#include "NewPerson.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class NewPersonTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(NewPersonTest);
    CPPUNIT_TEST(aNameAndAPasswordMakeOne);
    CPPUNIT_TEST(anAddressIsTheEmailThatNobodyConfirmed);
    CPPUNIT_TEST(whatIsWrongIsNamed);
    CPPUNIT_TEST(aNameThatLooksLikeAnAddressIsNone);
    CPPUNIT_TEST(whatIsShownAgainHoldsNoPassword);
    CPPUNIT_TEST_SUITE_END();

    static NewPerson read(const std::string& login, const std::string& name = "Ada Lovelace",
                          const std::string& password = "a long secret",
                          const std::string& again = "a long secret",
                          LoginForm kind = LoginForm::name) {
        return NewPerson::in(Form({{"username", login},
                                   {"name", name},
                                   {"password", password},
                                   {"password_again", again}}),
                             kind);
    }
    static NewPerson byEmail(const std::string& address) {
        return read(address, "Ada Lovelace", "a long secret", "a long secret", LoginForm::email);
    }

public:
    void aNameAndAPasswordMakeOne() {
        const auto ada = read(" ada ", "  Ada Lovelace ");
        CPPUNIT_ASSERT_EQUAL(std::string(), ada.problem);
        CPPUNIT_ASSERT_EQUAL(std::string("ada"), ada.user.login);
        CPPUNIT_ASSERT(ada.user.claims == (ValueMap{{"name", "Ada Lovelace"}}));
        CPPUNIT_ASSERT_EQUAL(std::string("a long secret"), std::string(ada.password.view()));
    }

    void anAddressIsTheEmailThatNobodyConfirmed() {
        const auto ada = byEmail("ada@people.example");
        CPPUNIT_ASSERT_EQUAL(std::string(), ada.problem);
        CPPUNIT_ASSERT_EQUAL(std::string("ada@people.example"), ada.user.login);
        CPPUNIT_ASSERT_EQUAL(std::string("ada@people.example"),
                             std::string(ada.user.claims.text("email")));
        CPPUNIT_ASSERT(*ada.user.claims.find("email_verified") == Value{false});
        for (const char* none : {"ada", "@people.example", "ada@", "ada@people@example",
                                 "ada love@people.example", "ada@people\n.example"}) {
            CPPUNIT_ASSERT_EQUAL_MESSAGE(none, std::string("signup.no_address"),
                                         byEmail(none).problem);
        }
    }

    void whatIsWrongIsNamed() {
        CPPUNIT_ASSERT_EQUAL(std::string("signup.incomplete"), read("").problem);
        CPPUNIT_ASSERT_EQUAL(std::string("signup.incomplete"), read("ada", " ").problem);
        CPPUNIT_ASSERT_EQUAL(std::string("signup.incomplete"), read("ada", "Ada", "", "").problem);
        CPPUNIT_ASSERT_EQUAL(std::string("signup.differs"),
                             read("ada", "Ada", "one", "two").problem);
        CPPUNIT_ASSERT_EQUAL(std::string("signup.no_name"),
                             read("ada", "Ada\u202eecalevoL").problem);
        CPPUNIT_ASSERT_EQUAL(std::string("signup.no_name"),
                             read("ada", std::string(101, 'a')).problem);
        CPPUNIT_ASSERT_EQUAL(std::string("signup.no_name"), read("ada", "\xff").problem);
        const std::string endless(1025, 'a');
        CPPUNIT_ASSERT_EQUAL(std::string("signup.refused"),
                             read("ada", "Ada", endless, endless).problem);
        CPPUNIT_ASSERT_EQUAL(std::string("signup.incomplete"),
                             NewPerson::in(Form(), LoginForm::name).problem);
    }

    void aNameThatLooksLikeAnAddressIsNone() {
        for (const std::string& none : std::vector<std::string>{
                 "ada@people.example", "@", "ada lovelace", "a\tb", std::string(256, 'a')}) {
            CPPUNIT_ASSERT_EQUAL_MESSAGE(none, std::string("signup.no_login"), read(none).problem);
        }
    }

    void whatIsShownAgainHoldsNoPassword() {
        CPPUNIT_ASSERT(
            read("ada", "Ada", "one", "two").shown() ==
            (ValueMap{{"problem", "signup.differs"}, {"login", "ada"}, {"name", "Ada"}}));
        CPPUNIT_ASSERT(read(std::string(256, 'a'), "\xff").shown() ==
                       (ValueMap{{"problem", "signup.no_login"}}));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(NewPersonTest);

}  // namespace gatehouse
