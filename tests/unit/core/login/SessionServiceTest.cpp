// SPDX-License-Identifier: Apache-2.0
#include "LoginBed.h"
#include "text/Base64Url.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class SessionServiceTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SessionServiceTest);
    CPPUNIT_TEST(anOpenedSessionIsFoundByItsCookie);
    CPPUNIT_TEST(theStorageHoldsNothingThatOpensIt);
    CPPUNIT_TEST(aForgedCookieFindsNothingAndEndsNothing);
    CPPUNIT_TEST(aNewLoginEndsTheOldSession);
    CPPUNIT_TEST(aNewLoginForgetsNoClientOfAnotherTab);
    CPPUNIT_TEST(clientsDoNotKnowTheKeyOfTheRecord);
    CPPUNIT_TEST(theClientsAreBounded);
    CPPUNIT_TEST(itIdlesOutUnlessItIsUsed);
    CPPUNIT_TEST(itEndsHoweverMuchItIsUsed);
    CPPUNIT_TEST(visitsAreNotedOnceForEachClient);
    CPPUNIT_TEST(aVisitDoesNotBringBackWhatEnded);
    CPPUNIT_TEST(visitsFromTwoTabsAreBothNoted);
    CPPUNIT_TEST(aSessionOpenedAndVisitedAtOnceIsWrittenOnce);
    CPPUNIT_TEST(whoIsGoneOrDisabledHasNone);
    CPPUNIT_TEST(endingItIsPublished);
    CPPUNIT_TEST(allOfAPersonEndInWhateverBrowsers);
    CPPUNIT_TEST(oneOfAPersonEndsAndNobodyElses);
    CPPUNIT_TEST(theKindOfBrowserIsKept);
    CPPUNIT_TEST(anotherIssuerDoesNotKnowIt);
    CPPUNIT_TEST_SUITE_END();

    LoginBed bed_;
    FakeBrowser browser_;
    const Subject ada_{"sub-of-ada", "people", "id-ada"};

    Session open() { return open(browser_, ada_); }
    Session open(FakeBrowser& browser, const Subject& subject) {
        Batch batch;
        auto opened = bed_.sessions.open(bed_.context, browser.request(), subject,
                                         bed_.users.users["ada"], {{"pwd"}, {"password"}}, batch);
        CPPUNIT_ASSERT(opened);
        CPPUNIT_ASSERT(apply(std::move(batch)));
        browser.take(opened->cookies);
        return opened->who.session;
    }
    bool visit(Session session, const char* client) {
        Batch batch;
        bed_.sessions.visit(session, client, batch);
        return apply(std::move(batch));
    }
    bool apply(Batch batch) {
        const auto outcome = bed_.host.records().apply(bed_.context, std::move(batch));
        return outcome && outcome->applied();
    }
    std::optional<SignedIn> find() { return find(browser_); }
    std::optional<SignedIn> find(const FakeBrowser& browser) {
        auto found = bed_.sessions.find(bed_.context, browser.request());
        CPPUNIT_ASSERT(found);
        return *found;
    }

public:
    void anOpenedSessionIsFoundByItsCookie() {
        const auto opened = open();
        bed_.host.fakeClock.advance(seconds{5});
        const auto found = find();
        CPPUNIT_ASSERT(found);
        CPPUNIT_ASSERT_EQUAL(std::string("ada"), found->person.login);
        CPPUNIT_ASSERT_EQUAL(std::string("sub-of-ada"), found->session.subject.sub);
        CPPUNIT_ASSERT(found->session.authentication.time == opened.authentication.time);
        CPPUNIT_ASSERT_EQUAL(opened.authentication.sessionId,
                             found->session.authentication.sessionId);
        CPPUNIT_ASSERT(found->session.authentication.amr == std::vector<std::string>{"pwd"});
        CPPUNIT_ASSERT(!find(FakeBrowser{}));
    }

    void theStorageHoldsNothingThatOpensIt() {
        open();
        const auto handle = Handle::parse(browser_.cookies.begin()->second);
        const auto record = bed_.host.fakeRecords.all("session").front();
        CPPUNIT_ASSERT(handle);
        CPPUNIT_ASSERT(record.payload.find(handle->verifier) == std::string::npos);
        CPPUNIT_ASSERT(record.payload.find(browser_.cookies.begin()->second) == std::string::npos);
    }

    void aForgedCookieFindsNothingAndEndsNothing() {
        open();
        auto handle = *Handle::parse(browser_.cookies.begin()->second);
        handle.verifier[0] = static_cast<char>(handle.verifier[0] ^ 1);
        for (const auto& value : {handle.text(), std::string("x"), std::string()}) {
            FakeBrowser forger = browser_;
            forger.cookies.begin()->second = value;
            CPPUNIT_ASSERT(!find(forger));
            CPPUNIT_ASSERT(bed_.signOut(forger));
            open(forger, ada_);
            CPPUNIT_ASSERT(find());
        }
    }

    void aNewLoginEndsTheOldSession() {
        const auto first = open();
        const FakeBrowser before = browser_;
        const auto second = open();
        CPPUNIT_ASSERT(first.selector != second.selector);
        CPPUNIT_ASSERT(!find(before));
        CPPUNIT_ASSERT(find());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, bed_.host.fakeRecords.all("session").size());
    }

    void aNewLoginForgetsNoClientOfAnotherTab() {
        open();
        Batch batch;
        auto opened = bed_.sessions.open(bed_.context, browser_.request(), ada_,
                                         bed_.users.users["ada"], {{"pwd"}, {"password"}}, batch);
        auto& session = opened->who.session;
        for (const auto* client : {"site", "other"}) {
            CPPUNIT_ASSERT(visit(find()->session, client));
            CPPUNIT_ASSERT(!apply(batch));
            CPPUNIT_ASSERT(bed_.sessions.catchUp(bed_.context, browser_.request(), session, batch));
        }
        CPPUNIT_ASSERT(apply(batch));
        browser_.take(opened->cookies);
        const std::vector<std::string> expected{"site", "other"};
        CPPUNIT_ASSERT(find()->session.clients == expected);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, bed_.host.fakeRecords.all("session").size());
    }

    void clientsDoNotKnowTheKeyOfTheRecord() {
        const auto session = open();
        CPPUNIT_ASSERT(session.authentication.sessionId != base64url(session.selector));
        CPPUNIT_ASSERT_EQUAL(std::size_t{16},
                             fromBase64url(session.authentication.sessionId)->size());
    }

    void theClientsAreBounded() {
        open();
        for (std::size_t i = 0; i <= SessionService::mostClients; ++i) {
            CPPUNIT_ASSERT(visit(find()->session, ("site" + std::to_string(i)).c_str()));
        }
        const auto clients = find()->session.clients;
        CPPUNIT_ASSERT_EQUAL(SessionService::mostClients, clients.size());
        CPPUNIT_ASSERT_EQUAL(std::string("site1"), clients.front());
        CPPUNIT_ASSERT_EQUAL(std::string("site200"), clients.back());
    }

    void itIdlesOutUnlessItIsUsed() {
        open();
        bed_.host.fakeClock.advance(seconds{7199});
        const auto session = find()->session;
        CPPUNIT_ASSERT(visit(session, "site"));
        bed_.host.fakeClock.advance(seconds{7199});
        CPPUNIT_ASSERT(find());
        bed_.host.fakeClock.advance(seconds{2});
        CPPUNIT_ASSERT(!find());
    }

    void itEndsHoweverMuchItIsUsed() {
        open();
        for (int hour = 0; hour < 11; ++hour) {
            bed_.host.fakeClock.advance(seconds{3600});
            CPPUNIT_ASSERT(visit(find()->session, "site"));
        }
        bed_.host.fakeClock.advance(seconds{3601});
        CPPUNIT_ASSERT(!find());
    }

    void visitsAreNotedOnceForEachClient() {
        open();
        for (const auto* client : {"site", "other", "site"}) {
            CPPUNIT_ASSERT(visit(find()->session, client));
        }
        const std::vector<std::string> expected{"site", "other"};
        CPPUNIT_ASSERT(find()->session.clients == expected);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{3},
                             bed_.host.fakeRecords.all("session").front().version);
    }

    void aVisitDoesNotBringBackWhatEnded() {
        open();
        const auto session = find()->session;
        CPPUNIT_ASSERT(visit(session, "site"));
        const auto known = find()->session;
        CPPUNIT_ASSERT(bed_.signOut(browser_));
        CPPUNIT_ASSERT(!visit(session, "other"));
        CPPUNIT_ASSERT_MESSAGE("also when nothing is to be noted", !visit(known, "site"));
        CPPUNIT_ASSERT(!find());
    }

    void visitsFromTwoTabsAreBothNoted() {
        open();
        const auto session = find()->session;
        CPPUNIT_ASSERT(visit(session, "site"));
        CPPUNIT_ASSERT_MESSAGE("what it knew is no longer so", !visit(session, "other"));
        CPPUNIT_ASSERT(visit(find()->session, "other"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, find()->session.clients.size());
    }

    void aSessionOpenedAndVisitedAtOnceIsWrittenOnce() {
        Batch batch;
        auto opened = bed_.sessions.open(bed_.context, browser_.request(), ada_,
                                         bed_.users.users["ada"], {{"pwd"}, {"password"}}, batch);
        bed_.sessions.visit(opened->who.session, "site", batch);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, batch.puts.size());
        CPPUNIT_ASSERT(apply(std::move(batch)));
        browser_.take(opened->cookies);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, find()->session.clients.size());
    }

    void whoIsGoneOrDisabledHasNone() {
        open();
        bed_.users.users["ada"].isDisabled = true;
        CPPUNIT_ASSERT(!find());
        bed_.users.users["ada"].isDisabled = false;
        CPPUNIT_ASSERT_MESSAGE("enabling brings no session back", !find());
        open();
        bed_.users.users.erase("ada");
        CPPUNIT_ASSERT(!find());
    }

    void allOfAPersonEndInWhateverBrowsers() {
        constexpr std::size_t moreThanAPage = 101;
        for (std::size_t i = 0; i < moreThanAPage; ++i) {
            browser_ = FakeBrowser();
            open();
        }
        const Subject grace{"sub-of-grace", "people", "id-ada"};
        FakeBrowser other;
        open(other, grace);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, bed_.sessions.list(bed_.context, grace.sub)->size());
        CPPUNIT_ASSERT(bed_.sessions.endAll(bed_.context, ada_.sub));
        CPPUNIT_ASSERT(bed_.sessions.list(bed_.context, ada_.sub)->empty());
        CPPUNIT_ASSERT(!find());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, bed_.host.fakeRecords.all("session").size());
    }

    void oneOfAPersonEndsAndNobodyElses() {
        const auto sid = open().authentication.sessionId;
        FakeBrowser other;
        open(other, ada_);
        const auto end = [&](const char* sub) {
            return *bed_.sessions.endOne(bed_.context, sub, sid, "192.0.2.7");
        };
        CPPUNIT_ASSERT(!end("sub-of-grace"));
        CPPUNIT_ASSERT(find());
        CPPUNIT_ASSERT(end("sub-of-ada"));
        CPPUNIT_ASSERT(!end("sub-of-ada"));
        CPPUNIT_ASSERT(!find());
        CPPUNIT_ASSERT(find(other));
        const auto events = bed_.host.fakeEvents.ofType("session.ended");
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, events.size());
        CPPUNIT_ASSERT_EQUAL(std::string("192.0.2.7"), events.front().remoteAddress);
    }

    void theKindOfBrowserIsKept() {
        auto request = browser_.request();
        request.headers.push_back({"user-agent", "(X11; Linux) Firefox/140.0 \"secret\""});
        Batch batch;
        CPPUNIT_ASSERT(bed_.sessions.open(bed_.context, request, ada_, bed_.users.users["ada"],
                                          {{"pwd"}, {"password"}}, batch));
        CPPUNIT_ASSERT(batch.puts.front().payload.find("secret") == std::string::npos);
        CPPUNIT_ASSERT(apply(std::move(batch)));
        const auto sessions = bed_.sessions.list(bed_.context, ada_.sub);
        CPPUNIT_ASSERT_EQUAL(std::string("Firefox"), sessions->front().browser.name);
        CPPUNIT_ASSERT_EQUAL(std::string("Linux"), sessions->front().browser.system);
    }

    void endingItIsPublished() {
        open();
        const auto session = find()->session;
        CPPUNIT_ASSERT(visit(session, "site"));
        const auto ended = bed_.signOut(browser_);
        CPPUNIT_ASSERT(ended);
        CPPUNIT_ASSERT(ended->front().lifetime.count() < 0);
        const auto events = bed_.host.fakeEvents.ofType("session.ended");
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, events.size());
        CPPUNIT_ASSERT_EQUAL(std::string("sub-of-ada"), events.front().subject);
        CPPUNIT_ASSERT(events.front().details.text("sid") == session.authentication.sessionId);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1},
                             events.front().details.find("clients")->list()->size());
        CPPUNIT_ASSERT(bed_.signOut(browser_));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, bed_.host.fakeEvents.all().size());
    }

    void anotherIssuerDoesNotKnowIt() {
        open();
        const testkit::FakeContext second(2, "https://other.example.org");
        const auto found = bed_.sessions.find(second, browser_.request());
        CPPUNIT_ASSERT(found);
        CPPUNIT_ASSERT(!*found);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SessionServiceTest);

}  // namespace gatehouse
