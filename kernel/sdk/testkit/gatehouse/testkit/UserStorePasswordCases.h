// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/testkit/UserStoreCase.h>

#include <atomic>
#include <thread>
#include <type_traits>
#include <vector>

namespace gatehouse::testkit {

/// Who gets in, and what happens when many come at once or the backend dies.
template <class Bed> class UserStorePasswordCases : public UserStoreCase<Bed> {
    CPPUNIT_TEST_SUITE(UserStorePasswordCases<Bed>);
    CPPUNIT_TEST(theRightPasswordGivesTheUser);
    CPPUNIT_TEST(unknownUserAndWrongPasswordAreOneAnswer);
    CPPUNIT_TEST(anEmptyPasswordIsRefused);
    CPPUNIT_TEST(anotherUsersPasswordIsRefused);
    CPPUNIT_TEST(aPasswordIsComparedWhole);
    CPPUNIT_TEST(aDisabledUserIsRefused);
    CPPUNIT_TEST(manyMayAskAtOnce);
    CPPUNIT_TEST(aDeadBackendIsUnavailableAndNotWrong);
    CPPUNIT_TEST_SUITE_END();

public:
    void theRightPasswordGivesTheUser() {
        const auto user = this->check("ada", this->adasPassword);
        CPPUNIT_ASSERT(user);
        CPPUNIT_ASSERT_EQUAL(std::string("ada"), user->login);
    }

    void unknownUserAndWrongPasswordAreOneAnswer() {
        CPPUNIT_ASSERT(!this->check("ada", "wrong password"));
        CPPUNIT_ASSERT(!this->check("nobody", "wrong password"));
        CPPUNIT_ASSERT(!this->check("nobody", this->adasPassword));
    }

    // An LDAP bind without a password succeeds as an anonymous one (RFC 4513 section 5.1.2).
    void anEmptyPasswordIsRefused() {
        CPPUNIT_ASSERT(!this->check("ada", ""));
        CPPUNIT_ASSERT(!this->check("bob", ""));
        CPPUNIT_ASSERT(!this->check("nobody", ""));
    }

    void anotherUsersPasswordIsRefused() {
        CPPUNIT_ASSERT(!this->check("ada", this->bobsPassword));
    }

    void aPasswordIsComparedWhole() {
        const std::string right(this->adasPassword);
        for (const auto& password :
             {right + " ", " " + right, right.substr(1), right + right,
              right + std::string(1, '\0'), right + std::string("\0x", 2),
              std::string(1, '\0') + right, std::string("Correct Horse Battery"), std::string("*"),
              std::string(100000, 'x')}) {
            CPPUNIT_ASSERT_MESSAGE(password, !this->check("ada", password));
        }
    }

    void aDisabledUserIsRefused() { CPPUNIT_ASSERT(!this->check("bob", this->bobsPassword)); }

    void manyMayAskAtOnce() {
        constexpr int threads = 64;
        std::atomic<int> wrongAnswers{0};
        std::vector<std::thread> asking;
        for (int number = 0; number < threads; ++number) {
            asking.emplace_back([this, number, &wrongAnswers] {
                wrongAnswers += isAnsweredRight(number % 4) ? 0 : 1;
            });
        }
        for (auto& thread : asking) {
            thread.join();
        }
        CPPUNIT_ASSERT_EQUAL(0, wrongAnswers.load());
    }

    void aDeadBackendIsUnavailableAndNotWrong() {
        if constexpr (hasKill<Bed>(0)) {
            this->bed_->kill();
            const auto found = this->store_->findByLogin(this->context_, "ada");
            CPPUNIT_ASSERT(!found && found.error().fault == Fault::unavailable);
            const auto checked =
                this->store_->checkPassword(this->context_, "ada", Secret(this->adasPassword));
            CPPUNIT_ASSERT(!checked && checked.error().fault == Fault::unavailable);
            this->bed_->revive();
            CPPUNIT_ASSERT(this->check("ada", this->adasPassword));
        }
    }

private:
    template <class B> static constexpr auto hasKill(int) -> decltype(&B::kill, bool()) {
        return true;
    }
    template <class B> static constexpr bool hasKill(long) { return false; }

    bool isAnsweredRight(int question) {
        switch (question) {
        case 0:
            return holds(
                this->store_->checkPassword(this->context_, "ada", Secret(this->adasPassword)),
                true);
        case 1:
            return holds(
                this->store_->checkPassword(this->context_, "ada", Secret("wrong password")),
                false);
        case 2:
            return holds(
                this->store_->checkPassword(this->context_, "nobody", Secret("wrong password")),
                false);
        default: return holds(this->store_->findByLogin(this->context_, "ada"), true);
        }
    }
    static bool holds(const Result<std::optional<User>>& answer, bool isSomebody) {
        return answer && answer->has_value() == isSomebody;
    }
};

}  // namespace gatehouse::testkit
