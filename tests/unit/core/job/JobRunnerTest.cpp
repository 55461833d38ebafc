// SPDX-License-Identifier: Apache-2.0
#include "job/JobRunner.h"

#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include "MemoryStorage.h"
#include "job/OwnJobs.h"
#include "store/RecordService.h"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include <future>
#include <map>
#include <memory>
#include <stdexcept>

namespace gatehouse {
namespace {

struct RealClock final : Clock {
    TimePoint now() const noexcept override {
        return std::chrono::time_point_cast<milliseconds>(std::chrono::system_clock::now());
    }
    SteadyPoint steady() const noexcept override {
        return std::chrono::time_point_cast<milliseconds>(std::chrono::steady_clock::now());
    }
};

}  // namespace

class JobRunnerTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(JobRunnerTest);
    CPPUNIT_TEST(aJobIsDone);
    CPPUNIT_TEST(whatFailsIsTriedAgain);
    CPPUNIT_TEST(whatCanNeverBeDoneIsDead);
    CPPUNIT_TEST(whatIsTooOldIsDead);
    CPPUNIT_TEST(aQueueThatHangsHoldsUpNoOther);
    CPPUNIT_TEST(aQueueIsTriedOneAtATimeAndInOrder);
    CPPUNIT_TEST(whatAnotherNodeLeftIsDone);
    CPPUNIT_TEST(aLongQueueThatFailsHidesNoOther);
    CPPUNIT_TEST(instancesDoTheirOwn);
    CPPUNIT_TEST(aHandlerThatEndsIsWaitedFor);
    CPPUNIT_TEST(aJobKnowsItsIssuer);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        settings_.poll = milliseconds{20};
        settings_.firstRetry = milliseconds{20};
        settings_.longestRetry = milliseconds{100};
        CPPUNIT_ASSERT(bool(storage_.configure(testkit::FakeConfig{}, host_)));
        records_.addStorage(storage_);
        records_.start();
        begin();
    }
    void tearDown() override {
        runner_->stop();
        own_.reset();
        records_.stop();
    }

    void aJobIsDone() {
        std::promise<DueJob> given;
        own_->handle("h", [&](const Context&, const DueJob& job) {
            given.set_value(job);
            return done();
        });
        const auto id = own_->add(context_, {"h", "q", "payload", {}});
        const DueJob job = given.get_future().get();
        CPPUNIT_ASSERT_EQUAL(*id, job.id);
        CPPUNIT_ASSERT_EQUAL(std::string("payload"), job.payload);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{1}, job.tries);
        until([&] { return waiting() == 0; });
    }

    void whatFailsIsTriedAgain() {
        std::atomic<std::uint32_t> tries{0};
        own_->handle("h", [&](const Context&, const DueJob& job) -> Status {
            tries = job.tries;
            switch (job.tries) {
            case 1: return Error::unavailable("away");
            case 2: return Error::unknown("silent");
            case 3: throw std::runtime_error("thrown");
            case 4: return Error::internal("wrong");
            default: return done();
            }
        });
        CPPUNIT_ASSERT(bool(own_->add(context_, {"h", "q", "", {}})));
        until([&] { return tries == 5 && waiting() == 0; });
    }

    void whatCanNeverBeDoneIsDead() {
        own_->handle("h", [](const Context&, const DueJob&) -> Status {
            return Error::badInput("nobody there wants it");
        });
        CPPUNIT_ASSERT(bool(own_->add(context_, {"h", "q", "", {}})));
        until([&] { return dead() == 1; });
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, waiting());
        const auto job = book_.dead(noDeadline, {}, 10)->jobs.at(0);
        CPPUNIT_ASSERT_EQUAL(std::string("nobody there wants it"), job.problem);
        CPPUNIT_ASSERT_EQUAL(std::string("point.one/h"), job.handler);
    }

    void whatIsTooOldIsDead() {
        settings_.giveUpAfter = milliseconds{200};
        begin();
        std::atomic<int> tries{0};
        own_->handle("h", [&](const Context&, const DueJob&) -> Status {
            ++tries;
            return Error::unavailable("away");
        });
        CPPUNIT_ASSERT(bool(own_->add(context_, {"h", "q", "", {}})));
        until([&] { return dead() == 1; });
        CPPUNIT_ASSERT(tries > 1);
    }

    void aQueueThatHangsHoldsUpNoOther() {
        std::promise<void> end;
        const auto ended = end.get_future().share();
        std::atomic<int> fast{0};
        own_->handle("h", [&](const Context&, const DueJob& job) {
            if (job.queue == "hangs") {
                ended.wait();
            } else {
                ++fast;
            }
            return done();
        });
        for (const char* queue : {"hangs", "hangs", "a", "b", "a"}) {
            CPPUNIT_ASSERT(bool(own_->add(context_, {"h", queue, "", {}})));
        }
        until([&] { return fast == 3; });
        end.set_value();
        until([&] { return waiting() == 0; });
    }

    void aQueueIsTriedOneAtATimeAndInOrder() {
        std::atomic<int> atOnce{0};
        std::atomic<int> most{0};
        std::mutex mutex;
        std::string order;
        own_->handle("h", [&](const Context&, const DueJob& job) {
            most = std::max(most.load(), ++atOnce);
            std::this_thread::sleep_for(milliseconds{2});
            {
                const std::lock_guard lock(mutex);
                order += job.payload;
            }
            --atOnce;
            return done();
        });
        std::string added;
        for (char name = 'a'; name <= 'p'; ++name) {
            CPPUNIT_ASSERT(bool(own_->add(context_, {"h", "q", std::string(1, name), {}})));
            added += name;
            std::this_thread::sleep_for(milliseconds{1});  // their order is that of milliseconds
        }
        until([&] { return waiting() == 0; });
        CPPUNIT_ASSERT_EQUAL(1, most.load());
        CPPUNIT_ASSERT_EQUAL(added, order);
    }

    void whatAnotherNodeLeftIsDone() {
        CPPUNIT_ASSERT(bool(book_.add(context_, {"point.one/h", "q", "left", {}})));
        std::atomic<int> tried{0};
        own_->handle("h", [&](const Context&, const DueJob&) {
            ++tried;
            return done();
        });
        until([&] { return tried == 1 && waiting() == 0; });
    }

    void aLongQueueThatFailsHidesNoOther() {
        for (int i = 0; i < 1200; ++i) {
            CPPUNIT_ASSERT(bool(book_.add(context_, {"point.one/h", "down", "", {}})));
        }
        CPPUNIT_ASSERT(bool(book_.add(context_, {"point.one/h", "other", "", {}})));
        settings_.firstRetry = std::chrono::hours{1};
        settings_.longestRetry = std::chrono::hours{1};
        begin();
        std::atomic<int> down{0};
        std::atomic<int> other{0};
        own_->handle("h", [&](const Context&, const DueJob& job) -> Status {
            if (job.queue == "down") {
                ++down;
                return Error::unavailable("down");
            }
            ++other;
            return done();
        });
        until([&] { return other == 1; });
        CPPUNIT_ASSERT(down <= 1);
    }

    void instancesDoTheirOwn() {
        OwnJobs two({book_, handlers_, *runner_}, {"point.plugin", "two"});
        std::mutex mutex;
        std::map<std::string, std::string> did;
        const auto doing = [&](const char* who) {
            return [&did, &mutex, who](const Context&, const DueJob& job) {
                const std::lock_guard lock(mutex);
                did[who] += job.payload;
                return done();
            };
        };
        own_->handle("h", doing("one"));
        two.handle("h", doing("two"));
        CPPUNIT_ASSERT(bool(own_->add(context_, {"h", "q", "1", {}})));
        CPPUNIT_ASSERT(bool(two.add(context_, {"h", "q", "2", {}})));
        until([&] { return waiting() == 0; });
        const std::lock_guard lock(mutex);
        CPPUNIT_ASSERT_EQUAL(std::string("1"), did["one"]);
        CPPUNIT_ASSERT_EQUAL(std::string("2"), did["two"]);
    }

    void aHandlerThatEndsIsWaitedFor() {
        std::promise<void> begun;
        std::atomic<bool> hasEnded{false};
        own_->handle("h", [&](const Context&, const DueJob&) {
            begun.set_value();
            std::this_thread::sleep_for(milliseconds{100});
            hasEnded = true;
            return done();
        });
        CPPUNIT_ASSERT(bool(own_->add(context_, {"h", "q", "", {}})));
        begun.get_future().wait();
        own_->end();
        CPPUNIT_ASSERT(hasEnded);
        CPPUNIT_ASSERT(bool(own_->add(context_, {"h", "q", "for the next one", {}})));
        own_->handle("h", [](const Context&, const DueJob&) { return done(); });
        until([&] { return waiting() == 0; });
    }

    void aJobKnowsItsIssuer() {
        std::promise<std::string> url;
        own_->handle("h", [&](const Context& context, const DueJob&) {
            url.set_value(context.issuer.url);
            return done();
        });
        Issuer seven;
        seven.id = 7;
        seven.url = "https://seven.example";
        runner_->setIssuers({seven});
        CPPUNIT_ASSERT(bool(own_->add({seven, {}, {}, noDeadline}, {"h", "q", "", {}})));
        CPPUNIT_ASSERT_EQUAL(seven.url, url.get_future().get());
    }

private:
    void begin() {
        if (runner_) {
            runner_->stop();
        }
        own_.reset();
        runner_ = std::make_unique<JobRunner>(
            book_, handlers_,
            JobRunner::Lent{clock_, host_.fakeRandom, host_.fakeLog, host_.fakeMetrics}, settings_);
        own_ = std::make_unique<OwnJobs>(SharedJobs{book_, handlers_, *runner_},
                                         InstanceNames("point.plugin", "one"));
        runner_->start();
    }
    template <class Condition> static void until(const Condition& condition) {
        while (!condition()) {
            std::this_thread::sleep_for(milliseconds{2});
        }
    }
    std::size_t waiting() { return book_.list(noDeadline, {}, 10)->jobs.size(); }
    std::size_t dead() { return book_.dead(noDeadline, {}, 10)->jobs.size(); }

    RealClock clock_;
    testkit::FakeHost host_;
    testkit::FakeContext context_;
    MemoryStorage storage_;
    RecordService records_{clock_};
    JobBook book_{records_, clock_, host_.fakeRandom};
    JobHandlers handlers_;
    JobRunner::Settings settings_;
    std::unique_ptr<JobRunner> runner_;
    std::unique_ptr<OwnJobs> own_;
};

}  // namespace gatehouse

CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::JobRunnerTest);
