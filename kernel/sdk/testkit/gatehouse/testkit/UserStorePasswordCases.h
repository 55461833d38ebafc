// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/testkit/UserStoreCase.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <ctime>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace gatehouse::testkit {

/// Who gets in, and what happens when many come at once or the backend dies.
template <class Bed> class UserStorePasswordCases : public UserStoreCase<Bed> {
    CPPUNIT_TEST_SUITE(UserStorePasswordCases<Bed>);
    CPPUNIT_TEST(theRightPasswordGivesTheUser);
    CPPUNIT_TEST(unknownUserAndWrongPasswordAreOneAnswer);
    CPPUNIT_TEST(aWrongPasswordCostsTheSameWhoeverIsNamed);
    CPPUNIT_TEST(anEmptyPasswordIsRefused);
    CPPUNIT_TEST(anotherUsersPasswordIsRefused);
    CPPUNIT_TEST(aPasswordIsComparedWhole);
    CPPUNIT_TEST(aDisabledUserIsRefused);
    CPPUNIT_TEST(manyMayAskAtOnce);
    CPPUNIT_TEST(aDeadBackendIsUnavailableAndNotWrong);
    CPPUNIT_TEST(aSlowBackendIsGivenUpInTime);
    CPPUNIT_TEST_SUITE_END();

public:
    void theRightPasswordGivesTheUser() {
        const auto user = this->check(this->login("ada"), this->adasPassword);
        CPPUNIT_ASSERT_MESSAGE("the right password lets nobody in", user);
        CPPUNIT_ASSERT_EQUAL_MESSAGE("who is let in", this->login("ada"), user->login);
    }

    void unknownUserAndWrongPasswordAreOneAnswer() {
        this->refuses(this->login("ada"), "wrong password", "a wrong password");
        this->refuses(this->login("nobody"), "wrong password", "a wrong password");
        this->refuses(this->login("nobody"), this->adasPassword, "another's password");
    }

    /// A decoy, roughly. CPU time, so that a busy machine does not matter; of the whole process, as
    /// a store may have threads of its own. One that asks another server spends none here and
    /// passes: its server has to see to it.
    void aWrongPasswordCostsTheSameWhoeverIsNamed() {
        using std::chrono::milliseconds;
        auto known = CpuTime::max();
        auto disabled = CpuTime::max();
        auto unknown = CpuTime::max();
        for (int round = 0; round < 7; ++round) {
            known = std::min(known, costOfWrongPassword(this->login("ada")));
            disabled = std::min(disabled, costOfWrongPassword(this->login("bob")));
            unknown = std::min(unknown, costOfWrongPassword(this->login("nobody")));
        }
        const auto [least, most] = std::minmax({known, disabled, unknown});
        const auto us = [](CpuTime time) { return std::to_string(time.count() / 1000) + " us"; };
        CPPUNIT_ASSERT_MESSAGE("the time tells who exists: " + us(known) + " for a known user, " +
                                   us(disabled) + " disabled, " + us(unknown) + " unknown",
                               most < milliseconds{1} || most < 3 * least);
    }

    // An LDAP bind without a password succeeds as an anonymous one (RFC 4513 section 5.1.2).
    void anEmptyPasswordIsRefused() {
        for (const char* name : {"ada", "bob", "nobody"}) {
            this->refuses(this->login(name), "", "an empty password");
        }
    }

    void anotherUsersPasswordIsRefused() {
        this->refuses(this->login("ada"), this->bobsPassword, "the password of another");
    }

    void aPasswordIsComparedWhole() {
        const std::string& right = this->adasPassword;
        const std::pair<std::string, std::string> wrong[] = {
            {right + " ", "a blank behind the password"},
            {" " + right, "a blank before the password"},
            {right.substr(1), "the password without its first letter"},
            {right.substr(0, right.size() - 1), "the password without its last letter"},
            {right + right, "the password twice"},
            {right + std::string(1, '\0'), "NUL behind the password"},
            {right + std::string("\0x", 2), "NUL and a letter behind the password"},
            {std::string(1, '\0') + right, "NUL before the password"},
            {"*", "an asterisk"},
            {std::string(100000, 'x'), "a password of 100000 letters"}};
        for (const auto& [password, how] : wrong) {
            this->refuses(this->login("ada"), password, how);
        }
        if (const auto other = otherCase(right); other != right) {
            this->refuses(this->login("ada"), other, "the password in capitals");
        }
    }

    void aDisabledUserIsRefused() {
        this->refuses(this->login("bob"), this->bobsPassword, "the right password");
    }

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
        CPPUNIT_ASSERT_EQUAL_MESSAGE("wrong answers to 64 threads at once", 0, wrongAnswers.load());
    }

    void aDeadBackendIsUnavailableAndNotWrong() {
        if constexpr (canBeAway<Bed>) {
            this->bed_->kill();
            const auto found = this->plugin_->findByLogin(this->context_, this->login("ada"));
            CPPUNIT_ASSERT(!found && found.error().fault == Fault::unavailable);
            const auto checked = this->plugin_->checkPassword(this->context_, this->login("ada"),
                                                              Secret(this->adasPassword));
            CPPUNIT_ASSERT(!checked && checked.error().fault == Fault::unavailable);
            this->bed_->revive();
            CPPUNIT_ASSERT(this->check(this->login("ada"), this->adasPassword));
        }
    }

    void aSlowBackendIsGivenUpInTime() {
        this->answersInTime([this](const Context& context) { return knowsAdaOrIsAway(context); });
    }

private:
    using CpuTime = std::chrono::nanoseconds;

    static std::string otherCase(std::string text) {
        for (auto& letter : text) {
            letter =
                letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
        }
        return text;
    }
    static CpuTime cpuTime() {
        timespec now{};
        ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
        return std::chrono::seconds{now.tv_sec} + CpuTime{now.tv_nsec};
    }
    CpuTime costOfWrongPassword(std::string_view login) {
        const CpuTime begun = cpuTime();
        CPPUNIT_ASSERT(!this->check(login, "wrong password"));
        return cpuTime() - begun;
    }

    bool knowsAdaOrIsAway(const Context& context) {
        const auto found = this->plugin_->findByLogin(context, this->login("ada"));
        if (!found) {
            return this->isAway(found.error());
        }
        const auto checked =
            this->plugin_->checkPassword(context, this->login("ada"), Secret(this->adasPassword));
        CPPUNIT_ASSERT_MESSAGE("a slow backend is no wrong password",
                               !checked || (*found && *checked));
        return checked || this->isAway(checked.error());
    }

    bool isAnsweredRight(int question) {
        switch (question) {
        case 0:
            return holds(this->plugin_->checkPassword(this->context_, this->login("ada"),
                                                      Secret(this->adasPassword)),
                         true);
        case 1:
            return holds(this->plugin_->checkPassword(this->context_, this->login("ada"),
                                                      Secret("wrong password")),
                         false);
        case 2:
            return holds(this->plugin_->checkPassword(this->context_, this->login("nobody"),
                                                      Secret("wrong password")),
                         false);
        default: return holds(this->plugin_->findByLogin(this->context_, this->login("ada")), true);
        }
    }
    static bool holds(const Result<std::optional<User>>& answer, bool isSomebody) {
        return answer && answer->has_value() == isSomebody;
    }
};

}  // namespace gatehouse::testkit
