// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/testkit/IsText.h>
#include <gatehouse/testkit/UserStoreCase.h>

#include <vector>

namespace gatehouse::testkit {

/// Finding people, and what is made of odd logins.
template <class Bed> class UserStoreLookupCases : public UserStoreCase<Bed> {
    CPPUNIT_TEST_SUITE(UserStoreLookupCases<Bed>);
    CPPUNIT_TEST(aKnownUserIsFoundByLoginAndById);
    CPPUNIT_TEST(theIdIsThereAndStaysTheSame);
    CPPUNIT_TEST(theIdStaysTheSameAfterAnotherStart);
    CPPUNIT_TEST(theIdStaysTheSameWithAnotherLogin);
    CPPUNIT_TEST(claimsAreHandedOverHoweverAsked);
    CPPUNIT_TEST(claimsAreNeverEmpty);
    CPPUNIT_TEST(aVerifiedEmailIsSaidToBe);
    CPPUNIT_TEST(noEmailIsNotAVerifiedOne);
    CPPUNIT_TEST(aDisabledUserIsFoundAndSaidToBeDisabled);
    CPPUNIT_TEST(absenceIsNotAnError);
    CPPUNIT_TEST(oddLoginsAreDataAndNeverSyntax);
    CPPUNIT_TEST(aLoginIsNotCutAtNul);
    CPPUNIT_TEST(anIdIsAText);
    CPPUNIT_TEST(anIdIsNotCutAtNul);
    CPPUNIT_TEST(loginsThatFindOnePersonHaveOneSpelling);
    CPPUNIT_TEST(stoppingTwiceIsHarmless);
    CPPUNIT_TEST_SUITE_END();

public:
    void aKnownUserIsFoundByLoginAndById() {
        const User ada = this->ada();
        CPPUNIT_ASSERT_EQUAL_MESSAGE("who is found by login", this->login("ada"), ada.login);
        CPPUNIT_ASSERT_MESSAGE("the active person is said to be disabled", !ada.isDisabled);
        const auto same = this->byId(ada.id);
        CPPUNIT_ASSERT_MESSAGE("nobody is found by the id of a person who is", same);
        CPPUNIT_ASSERT_EQUAL(ada.id, same->id);
        CPPUNIT_ASSERT_EQUAL(ada.login, same->login);
    }

    void theIdIsThereAndStaysTheSame() {
        const std::string id = this->ada().id;
        CPPUNIT_ASSERT_MESSAGE("there is no id", !id.empty());
        CPPUNIT_ASSERT_EQUAL_MESSAGE("the id, asked again", id, this->ada().id);
        const auto checked = this->check(this->login("ada"), this->adasPassword);
        CPPUNIT_ASSERT_MESSAGE("the right password lets nobody in", checked);
        CPPUNIT_ASSERT_EQUAL_MESSAGE("the id at a login", id, checked->id);
        const auto bob = this->byLogin(this->login("bob"));
        CPPUNIT_ASSERT(bob && bob->id != id);
    }

    void theIdStaysTheSameAfterAnotherStart() {
        const std::string id = this->ada().id;
        this->plugin_->stop();
        this->plugin_ = this->bed_->make();
        CPPUNIT_ASSERT_EQUAL_MESSAGE("after another start", id, this->ada().id);
    }

    void theIdStaysTheSameWithAnotherLogin() {
        if constexpr (hasRename<Bed>(0)) {
            const std::string id = this->ada().id;
            this->bed_->rename(this->login("ada"), this->login("countess"));
            this->plugin_->stop();
            this->plugin_ = this->bed_->make();
            const auto renamed = this->byLogin(this->login("countess"));
            CPPUNIT_ASSERT(renamed && !this->byLogin(this->login("ada")));
            CPPUNIT_ASSERT_EQUAL(id, renamed->id);
            CPPUNIT_ASSERT(this->byId(id));
        }
    }

    void claimsAreHandedOverHoweverAsked() {
        const User ada = this->ada();
        if constexpr (!bringsPeople<Bed>) {
            CPPUNIT_ASSERT_EQUAL(std::string("ada@example.org"),
                                 std::string(ada.claims.text("email")));
        }
        const auto byId = this->byId(ada.id);
        CPPUNIT_ASSERT(byId && byId->claims == ada.claims);
        const auto checked = this->check(this->login("ada"), this->adasPassword);
        CPPUNIT_ASSERT(checked && checked->claims == ada.claims);
    }

    void claimsAreNeverEmpty() {
        for (const auto& login : {this->login("ada"), this->login("bob")}) {
            const User user = this->known(login);
            for (const auto& claim : user.claims) {
                const bool isEmpty = claim.value.isNull() || claim.value == Value{""};
                CPPUNIT_ASSERT_MESSAGE(login + ": " + claim.name, !isEmpty);
            }
        }
    }

    void aVerifiedEmailIsSaidToBe() {
        if constexpr (!bringsPeople<Bed> && knowsVerifiedEmail<Bed>(0)) {
            const User ada = this->ada();
            const Value* verified = ada.claims.find("email_verified");
            CPPUNIT_ASSERT_MESSAGE("email_verified is not true",
                                   verified != nullptr && *verified == Value{true});
        }
    }

    void noEmailIsNotAVerifiedOne() {
        const User bob = this->known(this->login("bob"));
        CPPUNIT_ASSERT(bob.claims.contains("email") || !bob.claims.contains("email_verified"));
    }

    void aDisabledUserIsFoundAndSaidToBeDisabled() {
        const auto bob = this->byLogin(this->login("bob"));
        CPPUNIT_ASSERT_MESSAGE("the disabled person is not found", bob);
        CPPUNIT_ASSERT_MESSAGE("the disabled person is said to be active", bob->isDisabled);
    }

    void absenceIsNotAnError() {
        CPPUNIT_ASSERT_MESSAGE("somebody is found by the login of nobody",
                               !this->byLogin(this->login("nobody")));
        CPPUNIT_ASSERT_MESSAGE("somebody is found by an empty login", !this->byLogin(""));
        CPPUNIT_ASSERT(!this->byId("nobody"));
        CPPUNIT_ASSERT(!this->byId(""));
        CPPUNIT_ASSERT(!this->check(this->login("nobody"), "any password"));
    }

    void oddLoginsAreDataAndNeverSyntax() {
        const std::vector<std::string> logins{
            "*",
            "a*",
            "*)(uid=*",
            "ada)(|(uid=*",
            "ada' OR '1'='1",
            "ada\"; DROP TABLE users; --",
            "ada%",
            "_da",
            "../ada",
            "ada\nbob",
            "ada:",
            "\\61da",
            "\xFF\xFE",
            "ada\xC3",
            std::string(100000, 'a'),
            std::string("\0", 1),
        };
        for (const auto& login : logins) {
            CPPUNIT_ASSERT_MESSAGE(login, !this->byLogin(login));
            CPPUNIT_ASSERT_MESSAGE(login, !this->byId(login));
            CPPUNIT_ASSERT_MESSAGE(login, !this->check(login, this->adasPassword));
        }
    }

    void aLoginIsNotCutAtNul() {
        const std::string ada = this->login("ada");
        CPPUNIT_ASSERT(!this->byLogin(ada + std::string("\0x", 2)));
        CPPUNIT_ASSERT(!this->check(ada + std::string(1, '\0'), this->adasPassword));
    }

    void anIdIsAText() {
        const std::string id = this->ada().id;
        CPPUNIT_ASSERT_MESSAGE("the id is empty, or not UTF-8 without NUL",
                               !id.empty() && isText(id));
    }

    void anIdIsNotCutAtNul() {
        const std::string id = this->ada().id;
        CPPUNIT_ASSERT(!this->byId(id + std::string(1, '\0')));
        CPPUNIT_ASSERT(!this->byId(id + std::string("\0x", 2)));
    }

    void loginsThatFindOnePersonHaveOneSpelling() {
        const std::string ada = this->login("ada");
        const std::string rest = ada.substr(1);
        for (const std::string& login :
             {"A" + rest, " " + ada, ada + " ", "\uff41" + rest, "\u3000" + ada}) {
            const bool isHers = this->byLogin(login).has_value();
            const bool isSame = this->plugin_->spelling(login) == this->plugin_->spelling(ada);
            CPPUNIT_ASSERT_MESSAGE("spelling() of \"" + login + "\" is " + (isSame ? "" : "not ") +
                                       "that of \"" + ada + "\", " +
                                       (isHers ? "whom" : "but nobody") + " it finds",
                                   isHers == isSame);
        }
    }

    void stoppingTwiceIsHarmless() {
        this->plugin_->stop();
        this->plugin_->stop();
    }

private:
    template <class B> static constexpr auto hasRename(int) -> decltype(&B::rename, bool()) {
        return true;
    }
    template <class B> static constexpr bool hasRename(long) { return false; }
    template <class B>
    static constexpr auto knowsVerifiedEmail(int) -> decltype(B::knowsVerifiedEmail) {
        return B::knowsVerifiedEmail;
    }
    template <class B> static constexpr bool knowsVerifiedEmail(long) { return true; }
};

}  // namespace gatehouse::testkit
