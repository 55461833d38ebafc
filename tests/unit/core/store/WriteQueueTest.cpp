// SPDX-License-Identifier: Apache-2.0
#include "store/WriteQueue.h"

#include <gatehouse/testkit/FakeContext.h>

#include "ScriptedStorage.h"

#include <cppunit/extensions/HelperMacros.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <ctime>
#include <future>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace {

std::atomic<int> secondsBehind{0};

}  // namespace

/// In place of the C library's: this program's time of day can be wrong.
extern "C" int clock_gettime(clockid_t clock, timespec* time) noexcept {
    const auto failed = ::syscall(SYS_clock_gettime, clock, time);
    time->tv_sec -= clock == CLOCK_REALTIME ? secondsBehind.load() : 0;
    return static_cast<int>(failed);
}

namespace gatehouse {
namespace {

/// Holds the first commit until it is opened.
class Gate {
public:
    void pass() {
        std::unique_lock<std::mutex> lock(mutex_);
        isReached_ = true;
        changed_.notify_all();
        changed_.wait(lock, [this] { return isOpen_; });
    }
    void waitUntilReached() {
        std::unique_lock<std::mutex> lock(mutex_);
        changed_.wait(lock, [this] { return isReached_; });
    }
    void open() {
        const std::lock_guard<std::mutex> lock(mutex_);
        isOpen_ = true;
        changed_.notify_all();
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool isReached_ = false;
    bool isOpen_ = false;
};

Batch putting(const std::string& key) {
    Batch batch;
    Record record;
    record.kind = "session";
    record.key = key;
    batch.puts.push_back(record);
    return batch;
}

bool holds(const std::vector<Batch>& batches, const std::string& key) {
    return std::any_of(batches.begin(), batches.end(),
                       [&](const Batch& batch) { return batch.puts.front().key == key; });
}

}  // namespace

class WriteQueueTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(WriteQueueTest);
    CPPUNIT_TEST(aLoneBatchIsAppliedAtOnce);
    CPPUNIT_TEST(aRefusedBatchGetsItsOwnOutcome);
    CPPUNIT_TEST(whatWaitsDuringACommitMakesUpTheNextInTheOrderOfKeys);
    CPPUNIT_TEST(aGroupIsBounded);
    CPPUNIT_TEST(aBadBatchHurtsNobodyElse);
    CPPUNIT_TEST(anAbsentStorageIsNotAskedAgainForEach);
    CPPUNIT_TEST(whatMayHaveBeenAppliedIsNotAppliedAgain);
    CPPUNIT_TEST(whoseDeadlinePassesWhileWaitingIsNotApplied);
    CPPUNIT_TEST(aClockThatIsSetTimesNothingOut);
    CPPUNIT_TEST(aDeadlineDoesNotBreakACommitUnderWay);
    CPPUNIT_TEST(aFullQueueRefusesAtOnce);
    CPPUNIT_TEST(whatTheStorageThrowsMayHaveBeenApplied);
    CPPUNIT_TEST(whateverTheStorageThrowsTheQueueGoesOn);
    CPPUNIT_TEST(stoppingWaitsForWhatIsUnderWay);
    CPPUNIT_TEST(manyThreadsAllGetTheirOwnAnswers);
    CPPUNIT_TEST_SUITE_END();

public:
    void aLoneBatchIsAppliedAtOnce() {
        const auto outcome = queue_.apply(context_, putting("a"));
        CPPUNIT_ASSERT(outcome && outcome->applied());
        CPPUNIT_ASSERT(exists("a"));
    }

    void aRefusedBatchGetsItsOwnOutcome() {
        Batch batch = putting("a");
        batch.expects.push_back({"session", "a", Expect::State::absent});
        CPPUNIT_ASSERT(queue_.apply(context_, batch)->applied());
        const auto second = queue_.apply(context_, batch);
        CPPUNIT_ASSERT(second && !second->applied());
        CPPUNIT_ASSERT(second->found);
    }

    void whatWaitsDuringACommitMakesUpTheNextInTheOrderOfKeys() {
        auto answers = queueBehindGate({"e", "b", "d", "a", "c"});
        CPPUNIT_ASSERT_EQUAL(std::size_t{5}, applied(answers));
        CPPUNIT_ASSERT(storage_.groupSizes() == (std::vector<std::size_t>{1, 5}));
        std::string keys;
        for (const auto& batch : storage_.groups[1]) {
            keys += batch.puts.front().key;
        }
        CPPUNIT_ASSERT_EQUAL(std::string("abcde"), keys);
    }

    void aGroupIsBounded() {
        WriteQueue::Limits limits;
        limits.group = 2;
        WriteQueue queue(storage_, host_.fakeClock, limits);
        auto answers = queueBehindGate({"a", "b", "c", "d", "e"}, queue);
        CPPUNIT_ASSERT_EQUAL(std::size_t{5}, applied(answers));
        CPPUNIT_ASSERT(storage_.groupSizes() == (std::vector<std::size_t>{1, 2, 2, 1}));
    }

    void aBadBatchHurtsNobodyElse() {
        failure_ = [](const std::vector<Batch>& batches) {
            return holds(batches, "bad") ? std::optional<Error>(Error::internal("no"))
                                         : std::nullopt;
        };
        auto answers = queueBehindGate({"a", "bad", "c"});
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, applied(answers));
        CPPUNIT_ASSERT(exists("a") && exists("c") && !exists("bad"));
        CPPUNIT_ASSERT(storage_.groupSizes() == (std::vector<std::size_t>{1, 3, 1, 1, 1}));
    }

    void anAbsentStorageIsNotAskedAgainForEach() {
        failure_ = [](const std::vector<Batch>&) {
            return std::optional<Error>(Error::unavailable("away"));
        };
        auto answers = queueBehindGate({"a", "b", "c"});
        for (auto& answer : answers) {
            const auto outcome = answer.get();
            CPPUNIT_ASSERT(!outcome);
            CPPUNIT_ASSERT(outcome.error().fault == Fault::unavailable);
        }
        CPPUNIT_ASSERT(storage_.groupSizes() == (std::vector<std::size_t>{1, 3}));
    }

    void whatMayHaveBeenAppliedIsNotAppliedAgain() {
        failure_ = [](const std::vector<Batch>&) {
            return std::optional<Error>(Error::unknown("no answer to COMMIT"));
        };
        auto answers = queueBehindGate({"a", "b"});
        for (auto& answer : answers) {
            CPPUNIT_ASSERT(answer.get().error().fault == Fault::unknown);
        }
        CPPUNIT_ASSERT(storage_.groupSizes() == (std::vector<std::size_t>{1, 2}));
    }

    void whoseDeadlinePassesWhileWaitingIsNotApplied() {
        holdFirstCommit();
        auto first = submit("first", context_, queue_);
        gate_.waitUntilReached();
        testkit::FakeContext hurried;
        hurried.deadline = host_.fakeClock.steady() + milliseconds{20};
        const auto late = queue_.apply(hurried, putting("late"));
        CPPUNIT_ASSERT(!late);
        CPPUNIT_ASSERT(late.error().fault == Fault::unavailable);
        gate_.open();
        CPPUNIT_ASSERT(first.get()->applied());
        CPPUNIT_ASSERT(queue_.apply(context_, putting("next"))->applied());
        CPPUNIT_ASSERT(!exists("late"));
    }

    void aClockThatIsSetTimesNothingOut() {
        holdFirstCommit();
        auto first = submit("first", context_, queue_);
        gate_.waitUntilReached();
        testkit::FakeContext patient;
        patient.deadline = host_.fakeClock.steady() + seconds{1800};
        secondsBehind = 3600;  // as seen by who waits, everybody else's clock is set forward
        auto second = submit("second", patient, queue_);
        waitForWaiting(queue_, 1);
        secondsBehind = 0;
        gate_.open();
        CPPUNIT_ASSERT(first.get()->applied());
        CPPUNIT_ASSERT(second.get()->applied());
    }

    void aDeadlineDoesNotBreakACommitUnderWay() {
        holdFirstCommit();
        testkit::FakeContext hurried;
        hurried.deadline = host_.fakeClock.steady();
        auto first = submit("first", hurried, queue_);
        gate_.waitUntilReached();
        gate_.open();
        const auto outcome = first.get();
        CPPUNIT_ASSERT(outcome && outcome->applied());
    }

    void aFullQueueRefusesAtOnce() {
        WriteQueue::Limits limits;
        limits.waiting = 2;
        WriteQueue queue(storage_, host_.fakeClock, limits);
        holdFirstCommit();
        std::vector<std::future<Result<Outcome>>> answers;
        answers.push_back(submit("first", context_, queue));
        gate_.waitUntilReached();
        answers.push_back(submit("a", context_, queue));
        answers.push_back(submit("b", context_, queue));
        waitForWaiting(queue, 2);
        const auto refused = queue.apply(context_, putting("c"));
        CPPUNIT_ASSERT(!refused);
        CPPUNIT_ASSERT(refused.error().fault == Fault::unavailable);
        gate_.open();
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, applied(answers));
        CPPUNIT_ASSERT(!exists("c"));
    }

    void whatTheStorageThrowsMayHaveBeenApplied() {
        storage_.beforeApply = [](const std::vector<Batch>&) -> std::optional<Error> {
            throw std::runtime_error("out of order");
        };
        const auto outcome = queue_.apply(context_, putting("a"));
        CPPUNIT_ASSERT(!outcome);
        CPPUNIT_ASSERT(outcome.error().fault == Fault::unknown);
        CPPUNIT_ASSERT(outcome.error().detail.find("out of order") != std::string::npos);
        storage_.beforeApply = nullptr;
        CPPUNIT_ASSERT(queue_.apply(context_, putting("a"))->applied());
    }

    void whateverTheStorageThrowsTheQueueGoesOn() {
        storage_.beforeApply = [](const std::vector<Batch>&) -> std::optional<Error> { throw 7; };
        const auto outcome = queue_.apply(context_, putting("a"));
        CPPUNIT_ASSERT(!outcome && outcome.error().fault == Fault::unknown);
        storage_.beforeApply = nullptr;
        CPPUNIT_ASSERT(queue_.apply(context_, putting("b"))->applied());
        queue_.stop();
    }

    void stoppingWaitsForWhatIsUnderWay() {
        holdFirstCommit();
        auto first = submit("first", context_, queue_);
        gate_.waitUntilReached();
        auto second = submit("second", context_, queue_);
        waitForWaiting(queue_, 1);
        auto stopped = std::async(std::launch::async, [&] { queue_.stop(); });
        gate_.open();
        stopped.get();
        CPPUNIT_ASSERT(first.get()->applied());
        CPPUNIT_ASSERT(second.get()->applied());
        const auto refused = queue_.apply(context_, putting("late"));
        CPPUNIT_ASSERT(!refused && refused.error().fault == Fault::unavailable);
        queue_.start();
        CPPUNIT_ASSERT(queue_.apply(context_, putting("again"))->applied());
    }

    void manyThreadsAllGetTheirOwnAnswers() {
        std::atomic<int> wrong{0};
        std::vector<std::thread> threads;
        for (int thread = 0; thread < 16; ++thread) {
            threads.emplace_back([&, thread] {
                for (int time = 0; time < 100; ++time) {
                    const std::string key = std::to_string(thread) + "." + std::to_string(time);
                    Batch batch = putting(key);
                    const bool isRefused = time % 3 == 0;
                    batch.expects.push_back(
                        {"session", isRefused ? "none" : key,
                         isRefused ? Expect::State::present : Expect::State::absent});
                    const auto outcome = queue_.apply(context_, std::move(batch));
                    wrong += outcome && outcome->applied() != isRefused ? 0 : 1;
                    wrong += exists(key) != isRefused ? 0 : 1;
                }
            });
        }
        for (auto& thread : threads) {
            thread.join();
        }
        CPPUNIT_ASSERT_EQUAL(0, wrong.load());
    }

private:
    void holdFirstCommit() {
        isFirst_ = true;
        storage_.beforeApply = [this](const std::vector<Batch>& batches) -> std::optional<Error> {
            if (isFirst_.exchange(false)) {
                gate_.pass();
                return std::nullopt;
            }
            return failure_ ? failure_(batches) : std::nullopt;
        };
    }
    std::future<Result<Outcome>> submit(const std::string& key, const testkit::FakeContext& context,
                                        WriteQueue& queue) {
        return std::async(std::launch::async,
                          [=, &context, &queue] { return queue.apply(context, putting(key)); });
    }
    static void waitForWaiting(const WriteQueue& queue, std::size_t count) {
        while (queue.waiting() < count) {
            std::this_thread::yield();
        }
    }
    /// Hands in these while a first commit is held, then lets go; the answers of these alone.
    std::vector<std::future<Result<Outcome>>> queueBehindGate(const std::vector<std::string>& keys,
                                                              WriteQueue& queue) {
        holdFirstCommit();
        auto first = submit("first", context_, queue);
        gate_.waitUntilReached();
        std::vector<std::future<Result<Outcome>>> answers;
        for (const auto& key : keys) {
            answers.push_back(submit(key, context_, queue));
        }
        waitForWaiting(queue, keys.size());
        gate_.open();
        CPPUNIT_ASSERT(first.get()->applied());
        for (auto& answer : answers) {
            answer.wait();
        }
        return answers;
    }
    std::vector<std::future<Result<Outcome>>>
    queueBehindGate(const std::vector<std::string>& keys) {
        return queueBehindGate(keys, queue_);
    }
    static std::size_t applied(std::vector<std::future<Result<Outcome>>>& answers) {
        std::size_t count = 0;
        for (auto& answer : answers) {
            const auto outcome = answer.get();
            count += outcome && outcome->applied() ? 1U : 0U;
        }
        return count;
    }
    bool exists(const std::string& key) {
        return storage_.find(context_, "session", key)->has_value();
    }

    testkit::FakeHost host_;
    testkit::FakeContext context_;
    ScriptedStorage storage_{host_};
    WriteQueue queue_{storage_, host_.fakeClock};
    Gate gate_;
    std::atomic<bool> isFirst_{false};
    std::function<std::optional<Error>(const std::vector<Batch>&)> failure_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(WriteQueueTest);

}  // namespace gatehouse
