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
        CPPUNIT_ASSERT(user);
        CPPUNIT_ASSERT_EQUAL(this->login("ada"), user->login);
    }

    void unknownUserAndWrongPasswordAreOneAnswer() {
        CPPUNIT_ASSERT(!this->check(this->login("ada"), "wrong password"));
        CPPUNIT_ASSERT(!this->check(this->login("nobody"), "wrong password"));
        CPPUNIT_ASSERT(!this->check(this->login("nobody"), this->adasPassword));
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
        CPPUNIT_ASSERT(!this->check(this->login("ada"), ""));
        CPPUNIT_ASSERT(!this->check(this->login("bob"), ""));
        CPPUNIT_ASSERT(!this->check(this->login("nobody"), ""));
    }

    void anotherUsersPasswordIsRefused() {
        CPPUNIT_ASSERT(!this->check(this->login("ada"), this->bobsPassword));
    }

    void aPasswordIsComparedWhole() {
        const std::string right(this->adasPassword);
        for (const auto& password :
             {right + " ", " " + right, right.substr(1), right + right,
              right + std::string(1, '\0'), right + std::string("\0x", 2),
              std::string(1, '\0') + right, std::string("Correct Horse Battery"), std::string("*"),
              std::string(100000, 'x')}) {
            CPPUNIT_ASSERT_MESSAGE(password, !this->check(this->login("ada"), password));
        }
    }

    void aDisabledUserIsRefused() {
        CPPUNIT_ASSERT(!this->check(this->login("bob"), this->bobsPassword));
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
        CPPUNIT_ASSERT_EQUAL(0, wrongAnswers.load());
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
