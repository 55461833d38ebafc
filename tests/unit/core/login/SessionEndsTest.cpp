// SPDX-License-Identifier: Apache-2.0
#include "LoginBed.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

/// What hangs on a session, and who is told when it ends.
class SessionEndsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SessionEndsTest);
    CPPUNIT_TEST(whoWasAnsweredIsToldOnceItHasEnded);
    CPPUNIT_TEST(nothingIsToldOfAnEndThatIsNotDurable);
    CPPUNIT_TEST(clientsThatAreGoneAreToldNothing);
    CPPUNIT_TEST(aBrokenPluginKeepsNobodySignedIn);
    CPPUNIT_TEST(allOfAPersonAreTold);
    CPPUNIT_TEST(whoSignsInAgainGoesOnWithTheSid);
    CPPUNIT_TEST(anotherPersonEndsTheSessionBefore);
    CPPUNIT_TEST(whoIsAnsweredMeanwhileIsToldToo);
    CPPUNIT_TEST(whoeverEndsItAtOnceItIsToldOnce);
    CPPUNIT_TEST(manyAreToldOneAfterTheOther);
    CPPUNIT_TEST(tokensOfTheSessionEndWithIt);
    CPPUNIT_TEST(onlyClientsThatWantItHaveAFrame);
    CPPUNIT_TEST_SUITE_END();

    LoginBed bed_;
    FakeBrowser browser_;

    std::string signIn(const std::string& client = "site", const std::string& login = "ada",
                       const std::string& more = {}) {
        const auto answer = bed_.journey(browser_, "client_id=" + client + more, login);
        const auto given = bed_.redeem(answer, client);
        CPPUNIT_ASSERT(given);
        return given->authentication.sessionId;
    }
    bool end() { return bool(bed_.signOut(browser_)); }
    std::vector<std::string> told() {
        std::vector<std::string> all;
        const auto bodies = bed_.host.fakeRecords.all("job_body");
        for (const auto& record : bed_.host.fakeRecords.all("job")) {
            const auto job = StoredJob::of(record);
            const auto body = std::find_if(bodies.begin(), bodies.end(),
                                           [&](const Record& one) { return one.key == job->id; });
            CPPUNIT_ASSERT_EQUAL(std::string("client_metadata_rule.teller/tell"), job->handler);
            CPPUNIT_ASSERT_EQUAL(bed_.context.issuer.id, job->issuer);
            all.push_back(job->queue + " " + body->payload);
        }
        std::sort(all.begin(), all.end());
        return all;
    }
    std::string keepFamily(const std::string& sid, const std::string& scope) {
        Authorization given;
        given.family = bed_.handles.make().selector;
        given.clientId = "site";
        given.subject = {"sub-of-ada", "people", "id-ada"};
        given.scopes = ScopeSet::parse(scope);
        given.authentication.sessionId = sid;
        Batch batch;
        batch.puts.push_back(
            bed_.families.record(bed_.context, bed_.families.make(given, 1, never)));
        CPPUNIT_ASSERT(bed_.host.records().apply(bed_.context, std::move(batch)));
        return given.family;
    }
    std::string openSession() {
        Batch batch;
        auto opened =
            bed_.sessions.open(bed_.context, browser_.request(), {"sub-of-ada", "people", "id-ada"},
                               bed_.users.users["ada"], {{"pwd"}, {"password"}}, batch);
        CPPUNIT_ASSERT(bed_.host.records().apply(bed_.context, std::move(batch)));
        browser_.take(opened->cookies);
        return opened->who.session.authentication.sessionId;
    }
    bool isThere(const std::string& family) {
        return bool(*bed_.families.find(bed_.context, family));
    }

public:
    void whoWasAnsweredIsToldOnceItHasEnded() {
        const auto sid = signIn();
        CPPUNIT_ASSERT_EQUAL(sid, signIn("other"));
        CPPUNIT_ASSERT(told().empty());
        CPPUNIT_ASSERT(end());
        const auto all = told();
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, all.size());
        CPPUNIT_ASSERT(all[0].find("other ") == 0 && all[1].find("site ") == 0);
        CPPUNIT_ASSERT(all[1].find(" " + sid) != std::string::npos);
        CPPUNIT_ASSERT(end());
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, told().size());
    }

    void nothingIsToldOfAnEndThatIsNotDurable() {
        signIn();
        bed_.host.fakeRecords.fail(Error::unavailable("away"));
        CPPUNIT_ASSERT(!end());
        bed_.host.fakeRecords.fail(std::nullopt);
        CPPUNIT_ASSERT(told().empty());
        CPPUNIT_ASSERT(end());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, told().size());
    }

    void clientsThatAreGoneAreToldNothing() {
        openSession();
        for (const auto* client : {"gone", "site"}) {
            auto found = bed_.sessions.find(bed_.context, browser_.request());
            Batch batch;
            bed_.sessions.visit((*found)->session, client, batch);
            CPPUNIT_ASSERT(bed_.host.records().apply(bed_.context, std::move(batch)));
        }
        CPPUNIT_ASSERT(end());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, told().size());
    }

    void aBrokenPluginKeepsNobodySignedIn() {
        signIn();
        bed_.teller.isBroken = true;
        CPPUNIT_ASSERT(end());
        CPPUNIT_ASSERT(told().empty());
        CPPUNIT_ASSERT(bed_.host.fakeRecords.all("session").empty());
    }

    void allOfAPersonAreTold() {
        signIn();
        browser_ = {};
        signIn();
        const auto sub = bed_.host.fakeRecords.all("session").front().links.front().value;
        CPPUNIT_ASSERT(bed_.sessions.endAll(bed_.context, sub));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, told().size());
    }

    void whoSignsInAgainGoesOnWithTheSid() {
        const auto sid = signIn();
        CPPUNIT_ASSERT_EQUAL(sid, signIn("other", "ada", "&prompt=login"));
        CPPUNIT_ASSERT(told().empty());
        CPPUNIT_ASSERT(end());
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, told().size());
    }

    void anotherPersonEndsTheSessionBefore() {
        const auto sid = signIn();
        CPPUNIT_ASSERT(sid != signIn("other", "grace", "&prompt=login"));
        const auto all = told();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, all.size());
        CPPUNIT_ASSERT(all.front().find("site ") == 0);
        CPPUNIT_ASSERT(all.front().find(sid) != std::string::npos);
        const auto ended = bed_.host.fakeEvents.ofType("session.ended");
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, ended.size());
        CPPUNIT_ASSERT(ended.front().details.text("sid") == sid);
    }

    void whoIsAnsweredMeanwhileIsToldToo() {
        signIn();
        bed_.teller.meanwhile = [this] { signIn("other"); };
        CPPUNIT_ASSERT(end());
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, told().size());
        CPPUNIT_ASSERT(bed_.host.fakeRecords.all("session").empty());
    }

    void whoeverEndsItAtOnceItIsToldOnce() {
        signIn();
        bed_.teller.meanwhile = [this] { CPPUNIT_ASSERT(end()); };
        CPPUNIT_ASSERT(end());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, told().size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, bed_.host.fakeEvents.ofType("session.ended").size());
    }

    void manyAreToldOneAfterTheOther() {
        Session session;
        for (int i = 0; i < 40; ++i) {
            session.clients.emplace_back("site");
        }
        Batch batch;
        const auto ending = bed_.ends.add(bed_.context, session, batch);
        const auto now = bed_.host.clock().now();
        CPPUNIT_ASSERT(ending->jobs.at(15).due == now);
        CPPUNIT_ASSERT(ending->jobs.at(16).due == now + seconds{3});
        CPPUNIT_ASSERT(ending->jobs.at(39).due == now + seconds{6});
    }

    void tokensOfTheSessionEndWithIt() {
        const auto sid = openSession();
        const auto online = keepFamily(sid, "openid");
        const auto offline = keepFamily(sid, "openid offline_access");
        const auto elsewhere = keepFamily("another", "openid");
        CPPUNIT_ASSERT(end());
        CPPUNIT_ASSERT(!isThere(online));
        CPPUNIT_ASSERT(isThere(offline));
        CPPUNIT_ASSERT(isThere(elsewhere));
    }

    void onlyClientsThatWantItHaveAFrame() {
        const auto urls =
            bed_.ends.frames(bed_.context, {"sub", "people", "id"}, "sid", {"site", "other"});
        CPPUNIT_ASSERT(urls);
        CPPUNIT_ASSERT(*urls == std::vector<std::string>{"https://site.example/out"});
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SessionEndsTest);

}  // namespace gatehouse
