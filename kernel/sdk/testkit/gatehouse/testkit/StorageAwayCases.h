// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/testkit/CanBeAway.h>
#include <gatehouse/testkit/StorageCase.h>

#include <thread>

namespace gatehouse::testkit {

/// A storage whose server goes away, where the bed says how: see StorageContract.
template <class Bed> class StorageAwayCases : public StorageCase<Bed> {
    using Base = StorageCase<Bed>;
    using Base::bed_;
    using Base::context_;
    using Base::storage_;

    CPPUNIT_TEST_SUITE(StorageAwayCases<Bed>);
    CPPUNIT_TEST(everyCallSaysThatItsServerIsAway);
    CPPUNIT_TEST(itRecoversByItself);
    CPPUNIT_TEST_SUITE_END();

public:
    void everyCallSaysThatItsServerIsAway() {
        if constexpr (canBeAway<Bed>) {
            bed_->kill();
            assertAway("apply", storage_->apply(context_, {Base::putting(this->record("a"))}));
            assertAway("find", storage_->find(context_, "session", "a"));
            assertAway("list", storage_->list(context_, "session", {}, {}, 10));
            assertAway("count", storage_->count(context_, "a", seconds{60}));
            assertAway("changesSince", storage_->changesSince(context_, 0));
            assertAway("dropExpired", storage_->dropExpired(context_, this->now(), 10));
            bed_->revive();
        }
    }

    void itRecoversByItself() {
        if constexpr (canBeAway<Bed>) {
            this->put(this->record("a"));
            for (int time = 0; time < 2; ++time) {
                bed_->kill();
                (void)storage_->find(context_, "session", "a");
                bed_->revive();
                while (!storage_->find(context_, "session", "a")) {
                    std::this_thread::yield();
                }
                CPPUNIT_ASSERT(this->exists("a"));
                this->put(this->record("b"));
            }
        }
    }

private:
    /// Nothing was done, or nobody knows.
    template <class T> static void assertAway(const std::string& call, const Result<T>& answer) {
        CPPUNIT_ASSERT_MESSAGE(call + " answers", !answer);
        CPPUNIT_ASSERT_MESSAGE(call + ": not unavailable but: " + answer.error().detail,
                               answer.error().isTemporary());
    }
};

}  // namespace gatehouse::testkit
