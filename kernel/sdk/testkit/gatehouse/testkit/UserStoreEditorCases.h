// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/testkit/UserStoreCase.h>

#include <atomic>
#include <set>
#include <thread>
#include <vector>

namespace gatehouse::testkit {

/// What a store promises that can be edited. A store without an editor() passes them all.
template <class Bed> class UserStoreEditorCases : public UserStoreCase<Bed> {
    CPPUNIT_TEST_SUITE(UserStoreEditorCases<Bed>);
    CPPUNIT_TEST(anAddedUserGetsAnIdAndCanLogIn);
    CPPUNIT_TEST(theIdStaysTheSameOverRenames);
    CPPUNIT_TEST(aTakenLoginIsRefused);
    CPPUNIT_TEST(oneOfManyGetsALogin);
    CPPUNIT_TEST(anUnknownIdIsRefused);
    CPPUNIT_TEST(aNewPasswordReplacesTheOld);
    CPPUNIT_TEST(aNewPasswordIsNeededUntilThereIsOne);
    CPPUNIT_TEST(aDisabledUserIsOutAtOnce);
    CPPUNIT_TEST(aRemovedUserIsGoneAndTheLoginIsFree);
    CPPUNIT_TEST(everyUserIsListedOnce);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        UserStoreCase<Bed>::setUp();
        editor_ = this->plugin_->editor();
    }

    void anAddedUserGetsAnIdAndCanLogIn() {
        if (editor_ == nullptr) {
            return;
        }
        const User cleo = add(this->login("cleo"));
        CPPUNIT_ASSERT(!cleo.id.empty() && cleo.id != "ignored");
        const auto found = this->check(this->login("cleo"), newPassword);
        CPPUNIT_ASSERT(found);
        CPPUNIT_ASSERT_EQUAL(cleo.id, found->id);
        CPPUNIT_ASSERT_EQUAL(std::string("Cleo"), std::string(found->claims.text("name")));
    }

    void theIdStaysTheSameOverRenames() {
        if (editor_ == nullptr) {
            return;
        }
        User ada = this->ada();
        ada.login = this->login("countess");
        succeeds(editor_->update(this->context_, ada));
        const auto renamed = this->byLogin(this->login("countess"));
        CPPUNIT_ASSERT(renamed);
        CPPUNIT_ASSERT_EQUAL(ada.id, renamed->id);
        CPPUNIT_ASSERT(!this->byLogin(this->login("ada")));
        CPPUNIT_ASSERT_EQUAL(this->login("countess"), this->byId(ada.id)->login);
        CPPUNIT_ASSERT(this->check(this->login("countess"), this->adasPassword));
    }

    void aTakenLoginIsRefused() {
        if (editor_ == nullptr) {
            return;
        }
        User second;
        second.login = this->login("ada");
        refuses(editor_->add(this->context_, second, Secret(newPassword)));
        User cleo = add(this->login("cleo"));
        cleo.login = this->login("ada");
        refuses(editor_->update(this->context_, cleo));
        CPPUNIT_ASSERT(this->byLogin(this->login("cleo")));
        CPPUNIT_ASSERT(this->check(this->login("ada"), this->adasPassword));
    }

    void oneOfManyGetsALogin() {
        if (editor_ == nullptr) {
            return;
        }
        std::atomic<int> added{0};
        std::vector<std::thread> adding;
        for (int number = 0; number < 16; ++number) {
            adding.emplace_back([this, &added] {
                User user;
                user.login = this->login("cleo");
                added += editor_->add(this->context_, user, Secret(newPassword)) ? 1 : 0;
            });
        }
        for (auto& thread : adding) {
            thread.join();
        }
        CPPUNIT_ASSERT_EQUAL(1, added.load());
    }

    void anUnknownIdIsRefused() {
        if (editor_ == nullptr) {
            return;
        }
        User nobody;
        nobody.id = "nobody";
        nobody.login = this->login("nobody");
        refuses(editor_->update(this->context_, nobody));
        refuses(editor_->setPassword(this->context_, "nobody", Secret(newPassword)));
        refuses(editor_->remove(this->context_, "nobody"));
    }

    void aNewPasswordReplacesTheOld() {
        if (editor_ == nullptr) {
            return;
        }
        succeeds(editor_->setPassword(this->context_, this->ada().id, Secret(newPassword)));
        CPPUNIT_ASSERT(!this->check(this->login("ada"), this->adasPassword));
        CPPUNIT_ASSERT(this->check(this->login("ada"), newPassword));
    }

    void aNewPasswordIsNeededUntilThereIsOne() {
        if (editor_ == nullptr) {
            return;
        }
        User ada = this->ada();
        CPPUNIT_ASSERT(!ada.needsNewPassword);
        ada.needsNewPassword = true;
        succeeds(editor_->update(this->context_, ada));
        CPPUNIT_ASSERT(this->byId(ada.id)->needsNewPassword);
        CPPUNIT_ASSERT(this->check(this->login("ada"), this->adasPassword)->needsNewPassword);
        refuses(editor_->setPassword(this->context_, ada.id, Secret("")));
        CPPUNIT_ASSERT(this->byId(ada.id)->needsNewPassword);
        succeeds(editor_->setPassword(this->context_, ada.id, Secret(newPassword)));
        CPPUNIT_ASSERT(!this->check(this->login("ada"), newPassword)->needsNewPassword);
    }

    void aDisabledUserIsOutAtOnce() {
        if (editor_ == nullptr) {
            return;
        }
        User ada = this->ada();
        ada.isDisabled = true;
        succeeds(editor_->update(this->context_, ada));
        CPPUNIT_ASSERT(!this->check(this->login("ada"), this->adasPassword));
        CPPUNIT_ASSERT(this->byId(ada.id)->isDisabled);
        ada.isDisabled = false;
        succeeds(editor_->update(this->context_, ada));
        CPPUNIT_ASSERT(this->check(this->login("ada"), this->adasPassword));
    }

    void aRemovedUserIsGoneAndTheLoginIsFree() {
        if (editor_ == nullptr) {
            return;
        }
        const User ada = this->ada();
        succeeds(editor_->remove(this->context_, ada.id));
        CPPUNIT_ASSERT(!this->byLogin(this->login("ada")));
        CPPUNIT_ASSERT(!this->byId(ada.id));
        CPPUNIT_ASSERT(!this->check(this->login("ada"), this->adasPassword));
        CPPUNIT_ASSERT(add(this->login("ada")).id != ada.id);
    }

    void everyUserIsListedOnce() {
        if (editor_ == nullptr) {
            return;
        }
        for (const auto& login : {this->login("cleo"), this->login("dora"), this->login("emmy")}) {
            add(login);
        }
        std::multiset<std::string> logins;
        std::string after;
        do {
            const auto page = editor_->list(this->context_, after, 2);
            CPPUNIT_ASSERT(page && page->users.size() <= 2);
            for (const auto& user : page->users) {
                logins.insert(user.login);
            }
            after = page->next;
        } while (!after.empty() && logins.size() < 100);
        CPPUNIT_ASSERT(logins == std::multiset<std::string>(
                                     {this->login("ada"), this->login("bob"), this->login("cleo"),
                                      this->login("dora"), this->login("emmy")}));
    }

private:
    static constexpr std::string_view newPassword = "a new password, longer";

    User add(const std::string& login) {
        User user;
        user.id = "ignored";
        user.login = login;
        user.claims = {{"name", "Cleo"}};
        const auto added = editor_->add(this->context_, user, Secret(newPassword));
        CPPUNIT_ASSERT_MESSAGE(added ? "" : added.error().detail, bool(added));
        return *added;
    }
    static void succeeds(const Status& status) {
        CPPUNIT_ASSERT_MESSAGE(status ? "" : status.error().detail, bool(status));
    }
    template <class T> static void refuses(const Result<T>& result) {
        CPPUNIT_ASSERT(!result && result.error().fault == Fault::badInput);
    }

    UserEditor* editor_ = nullptr;
};

}  // namespace gatehouse::testkit
