// SPDX-License-Identifier: Apache-2.0
#include "LoginBed.h"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <string_view>

namespace gatehouse {

/// Sessions whose time is over, where that is told.
class SessionExpiryTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SessionExpiryTest);
    CPPUNIT_TEST(whatLiesUnusedEndsAndIsToldOnce);
    CPPUNIT_TEST(whatLivesOnIsLookedAtAgain);
    CPPUNIT_TEST(atTheLatestItIsOver);
    CPPUNIT_TEST(whatIsOverIsThereForNobody);
    CPPUNIT_TEST(whatSomebodyEndedIsToldOnce);
    CPPUNIT_TEST(whoSignsInAgainIsToldOnce);
    CPPUNIT_TEST(whoLooksLateTellsAllTheSame);
    CPPUNIT_TEST(unlessItIsWantedNoJobIsMade);
    CPPUNIT_TEST_SUITE_END();

    static constexpr std::string_view look = "core/session_end";
    static constexpr seconds idle{7200};
    static constexpr seconds lifetime{43200};
    LoginBed bed_{LoginPlan{}, true};
    FakeBrowser browser_;

    /// Does what is due, as a node does; how many jobs.
    std::size_t work() {
        std::size_t count = 0;
        const auto bodies = bed_.host.fakeRecords.all("job_body");
        for (const auto& record : bed_.host.fakeRecords.all("job")) {
            const auto job = *StoredJob::of(record);
            if (job.due > bed_.host.fakeClock.now() || job.handler != look) {
                continue;
            }
            const auto body = std::find_if(bodies.begin(), bodies.end(),
                                           [&](const Record& one) { return one.key == job.id; });
            const auto outcome = bed_.jobHandlers.run(
                job.handler, bed_.context, {job.id, job.queue, body->payload, 1, job.made});
            CPPUNIT_ASSERT(outcome && *outcome);
            Batch batch;
            batch.erases.push_back({StoredJob::kind, job.key()});
            CPPUNIT_ASSERT(bed_.host.records().apply(bed_.context, std::move(batch)));
            ++count;
        }
        return count;
    }
    /// Whom jobs tell.
    std::size_t told() { return jobsOf("client_metadata_rule.teller/tell"); }
    std::size_t waiting() { return jobsOf(look); }
    std::size_t jobsOf(std::string_view handler) {
        const auto jobs = bed_.host.fakeRecords.all("job");
        return static_cast<std::size_t>(
            std::count_if(jobs.begin(), jobs.end(), [&](const Record& record) {
                return StoredJob::of(record)->handler == handler;
            }));
    }
    void advance(seconds time) { bed_.host.fakeClock.advance(time); }
    bool isSignedIn() {
        return LoginBed::back(bed_.authorize(browser_, "prompt=none")).has("code");
    }
    std::size_t ended() { return bed_.host.fakeEvents.ofType("session.ended").size(); }

public:
    void whatLiesUnusedEndsAndIsToldOnce() {
        bed_.journey(browser_);
        advance(idle - seconds{1});
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, work());
        advance(seconds{1});
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, work());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, told());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, ended());
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, waiting());
        CPPUNIT_ASSERT(bed_.host.fakeRecords.all("session").empty());
    }

    void whatLivesOnIsLookedAtAgain() {
        bed_.journey(browser_);
        for (int i = 0; i < 3; ++i) {
            advance(idle / 2);
            CPPUNIT_ASSERT(isSignedIn());
            work();
            CPPUNIT_ASSERT_EQUAL(std::size_t{1}, waiting());
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, told());
        advance(idle);
        work();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, told());
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, waiting());
    }

    void atTheLatestItIsOver() {
        bed_.journey(browser_);
        for (auto past = seconds{0}; past < lifetime; past += idle / 2) {
            CPPUNIT_ASSERT(isSignedIn());
            CPPUNIT_ASSERT_EQUAL(std::size_t{0}, told());
            advance(idle / 2);
            work();
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, told());
        CPPUNIT_ASSERT(!isSignedIn());
    }

    /// Also while nobody has looked yet.
    void whatIsOverIsThereForNobody() {
        const auto sub = bed_.redeem(bed_.journey(browser_))->subject.sub;
        advance(idle);
        CPPUNIT_ASSERT(!isSignedIn());
        CPPUNIT_ASSERT(bed_.sessions.list(bed_.context, sub)->empty());
        bed_.journey(browser_);
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, told());
        work();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, told());
        CPPUNIT_ASSERT_MESSAGE("the new one goes on", isSignedIn());
    }

    void whatSomebodyEndedIsToldOnce() {
        bed_.journey(browser_);
        CPPUNIT_ASSERT(bed_.signOut(browser_));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, told());
        advance(idle);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, work());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, told());
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, waiting());
    }

    void whoSignsInAgainIsToldOnce() {
        bed_.journey(browser_);
        advance(seconds{100});
        const auto login = bed_.follow(browser_, bed_.authorize(browser_, "prompt=login"));
        bed_.follow(browser_, bed_.logIn(browser_, login, "ada"));
        advance(idle - seconds{100});
        work();
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, told());
        advance(seconds{100});
        work();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, told());
    }

    void whoLooksLateTellsAllTheSame() {
        bed_.journey(browser_);
        advance(idle + std::chrono::hours{24 * 6});
        work();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, told());
    }

    void unlessItIsWantedNoJobIsMade() {
        LoginBed quiet;
        quiet.journey(browser_);
        CPPUNIT_ASSERT(quiet.host.fakeRecords.all("job").empty());
        CPPUNIT_ASSERT(quiet.jobHandlers.empty());
        quiet.host.fakeClock.advance(idle);
        CPPUNIT_ASSERT(!LoginBed::back(quiet.authorize(browser_, "prompt=none")).has("code"));
        CPPUNIT_ASSERT(quiet.host.fakeEvents.ofType("session.ended").empty());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SessionExpiryTest);

}  // namespace gatehouse
