// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeRandom.h>
#include <gatehouse/testkit/Together.h>

#include "job/JobBook.h"
#include "store/RecordService.h"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include <atomic>
#include <memory>
#include <string>
#include <utility>

namespace gatehouse {

/// What durable jobs promise on every storage that keeps things; a bed is one of the storages'
/// contract.
template <class Bed> class JobContract : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(JobContract);
    CPPUNIT_TEST(whatIsDueFirstStandsInFront);
    CPPUNIT_TEST(aQueueHasItsOwnFirst);
    CPPUNIT_TEST(jobsOfAllIssuersAreOneList);
    CPPUNIT_TEST(anyBytesComeBack);
    CPPUNIT_TEST(aLeaseIsForOne);
    CPPUNIT_TEST(aLeaseThatHasEndedIsAnothers);
    CPPUNIT_TEST(whatIsDoneIsGone);
    CPPUNIT_TEST(whatFailedIsDueLater);
    CPPUNIT_TEST(theDeadAreKeptAndReviveOrGo);
    CPPUNIT_TEST(manyNodesDoEachJobOnce);
    CPPUNIT_TEST(jobsAreThereAfterAReopen);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        bed_ = std::make_unique<Bed>();
        open(bed_->make());
    }
    void tearDown() override {
        records_->stop();
        storage_->stop();
        records_.reset();
        storage_.reset();
        bed_.reset();
    }

    void whatIsDueFirstStandsInFront() {
        add("later", milliseconds{5000});
        add("now");
        bed_->clock().advance(milliseconds{10});
        add("then");
        CPPUNIT_ASSERT_EQUAL(std::string("now then later "),
                             queuesOf(*book_->list(soon(), {}, 10)));
        const auto first = *book_->list(soon(), {}, 1);
        CPPUNIT_ASSERT_EQUAL(std::string("now "), queuesOf(first));
        CPPUNIT_ASSERT_EQUAL(std::string("then later "),
                             queuesOf(*book_->list(soon(), first.next, 10)));
    }

    void aQueueHasItsOwnFirst() {
        add("a");
        bed_->clock().advance(milliseconds{10});
        const auto id = add("b");
        add("b", milliseconds{100});
        CPPUNIT_ASSERT_EQUAL(id, firstOf("b").id);
        CPPUNIT_ASSERT(!*book_->first(soon(), "h\nc"));
        CPPUNIT_ASSERT(!*book_->first(soon(), "other\nb"));
    }

    void jobsOfAllIssuersAreOneList() {
        Issuer other;
        other.id = 7;
        const Context context{other, {}, {}, soon()};
        CPPUNIT_ASSERT(bool(book_->add(context, {"h", "of seven", "", {}})));
        add("of one");
        const auto page = *book_->list(soon(), {}, 10);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, page.jobs.size());
        CPPUNIT_ASSERT_EQUAL(IssuerId{8}, page.jobs[0].issuer + page.jobs[1].issuer);
    }

    void anyBytesComeBack() {
        std::string payload(300'000, '\0');
        payload += "\xFF\n\"'";
        const std::string queue = "https://a.example/?x=1\n\"\xC3\xA4";
        CPPUNIT_ASSERT(bool(book_->add(context_, {"h", queue, payload, {}})));
        const auto job = firstOf(queue);
        CPPUNIT_ASSERT_EQUAL(queue, job.queue);
        CPPUNIT_ASSERT(payload == **book_->payload(soon(), job));
        CPPUNIT_ASSERT(!book_->add(context_, {"h", "\xFF", "", {}}));
        CPPUNIT_ASSERT(!book_->add(context_, {"h", "q", std::string(600'000, 'x'), {}}));
    }

    void aLeaseIsForOne() {
        add("a");
        auto mine = firstOf("a");
        auto theirs = mine;
        CPPUNIT_ASSERT(*book_->lease(soon(), mine, now() + seconds{60}));
        CPPUNIT_ASSERT(!*book_->lease(soon(), theirs, now() + seconds{60}));
        CPPUNIT_ASSERT(firstOf("a").due == now() + seconds{60});
    }

    void aLeaseThatHasEndedIsAnothers() {
        const auto id = add("a");
        auto mine = firstOf("a");
        CPPUNIT_ASSERT(*book_->lease(soon(), mine, now() + seconds{60}));
        bed_->clock().advance(seconds{61});
        auto theirs = firstOf("a");
        CPPUNIT_ASSERT_EQUAL(id, theirs.id);
        CPPUNIT_ASSERT(*book_->lease(soon(), theirs, now() + seconds{60}));
        CPPUNIT_ASSERT(bool(book_->finish(soon(), mine)));
        CPPUNIT_ASSERT(bool(book_->postpone(soon(), mine, now(), "late")));
        CPPUNIT_ASSERT(bool(book_->bury(soon(), mine, "late")));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, book_->list(soon(), {}, 10)->jobs.size());
        CPPUNIT_ASSERT(book_->payload(soon(), theirs)->has_value());
        CPPUNIT_ASSERT(bool(book_->finish(soon(), theirs)));
        CPPUNIT_ASSERT(book_->list(soon(), {}, 10)->jobs.empty());
    }

    void whatIsDoneIsGone() {
        add("a");
        auto job = leased("a");
        CPPUNIT_ASSERT(bool(book_->finish(soon(), job)));
        CPPUNIT_ASSERT(book_->list(soon(), {}, 10)->jobs.empty());
        CPPUNIT_ASSERT(!book_->payload(soon(), job)->has_value());
    }

    void whatFailedIsDueLater() {
        const auto id = add("a");
        auto job = leased("a");
        CPPUNIT_ASSERT(bool(book_->postpone(soon(), job, now() + seconds{5}, "no answer")));
        job = firstOf("a");
        CPPUNIT_ASSERT_EQUAL(id, job.id);
        CPPUNIT_ASSERT(job.due == now() + seconds{5});
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{1}, job.tries);
        CPPUNIT_ASSERT_EQUAL(std::string("no answer"), job.problem);
    }

    void theDeadAreKeptAndReviveOrGo() {
        const auto id = add("a");
        CPPUNIT_ASSERT(bool(book_->bury(soon(), leased("a"), "gone")));
        CPPUNIT_ASSERT(book_->list(soon(), {}, 10)->jobs.empty());
        auto dead = book_->dead(soon(), {}, 10)->jobs.at(0);
        CPPUNIT_ASSERT_EQUAL(id, dead.id);
        CPPUNIT_ASSERT(*book_->revive(soon(), dead));
        CPPUNIT_ASSERT(!*book_->revive(soon(), dead));
        CPPUNIT_ASSERT_EQUAL(std::string("payload of a"), **book_->payload(soon(), firstOf("a")));
        CPPUNIT_ASSERT(bool(book_->bury(soon(), leased("a"), "gone")));
        dead = book_->dead(soon(), {}, 10)->jobs.at(0);
        CPPUNIT_ASSERT(*book_->drop(soon(), dead));
        CPPUNIT_ASSERT(book_->dead(soon(), {}, 10)->jobs.empty());
        CPPUNIT_ASSERT(!book_->payload(soon(), dead)->has_value());
    }

    void manyNodesDoEachJobOnce() {
        constexpr int jobs = 40;
        for (int i = 0; i < jobs; ++i) {
            add("q" + std::to_string(i % 3));
        }
        std::atomic<int> done{0};
        testkit::together(6, [&](int) {
            while (done < jobs) {
                auto page = *book_->list(soon(), {}, 5);
                for (auto& job : page.jobs) {
                    if (job.due <= now() && *book_->lease(soon(), job, now() + seconds{60})) {
                        ++done;
                        CPPUNIT_ASSERT(bool(book_->finish(soon(), job)));
                    }
                }
            }
        });
        CPPUNIT_ASSERT_EQUAL(jobs, done.load());
        CPPUNIT_ASSERT(book_->list(soon(), {}, 10)->jobs.empty());
    }

    void jobsAreThereAfterAReopen() {
        const auto id = add("a");
        records_->stop();
        open(bed_->reopen(std::move(storage_)));
        CPPUNIT_ASSERT_EQUAL(id, firstOf("a").id);
    }

private:
    void open(std::unique_ptr<Storage> storage) {
        storage_ = std::move(storage);
        records_ = std::make_unique<RecordService>(bed_->clock());
        records_->addStorage(*storage_);
        records_->start();
        book_ = std::make_unique<JobBook>(*records_, bed_->clock(), random_);
    }
    TimePoint now() { return bed_->clock().now(); }
    static SteadyPoint soon() { return noDeadline; }
    std::string add(const std::string& queue, milliseconds delay = milliseconds{0}) {
        const auto id = book_->add(context_, {"h", queue, "payload of " + queue, delay});
        CPPUNIT_ASSERT_MESSAGE(id ? "" : id.error().detail, bool(id));
        return *id;
    }
    StoredJob firstOf(const std::string& queue) {
        const auto job = book_->first(soon(), "h\n" + queue);
        CPPUNIT_ASSERT_MESSAGE(job ? "" : job.error().detail, job && *job);
        return **job;
    }
    StoredJob leased(const std::string& queue) {
        auto job = firstOf(queue);
        CPPUNIT_ASSERT(*book_->lease(soon(), job, now() + seconds{60}));
        return job;
    }
    static std::string queuesOf(const JobBook::Page& page) {
        std::string queues;
        for (const auto& job : page.jobs) {
            queues += job.queue + " ";
        }
        return queues;
    }

    testkit::FakeContext context_;
    testkit::FakeRandom random_;
    std::unique_ptr<Bed> bed_;
    std::unique_ptr<Storage> storage_;
    std::unique_ptr<RecordService> records_;
    std::unique_ptr<JobBook> book_;
};

}  // namespace gatehouse
