// SPDX-License-Identifier: Apache-2.0
#include "token/PromiseBook.h"

#include "TokenBed.h"

#include <cppunit/extensions/HelperMacros.h>

#include <stdexcept>

namespace gatehouse {

class PromiseBookTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PromiseBookTest);
    CPPUNIT_TEST(whoWaitsIsToldSo);
    CPPUNIT_TEST(aPollThatWaitsAsksNoStorage);
    CPPUNIT_TEST(whoAsksTooFastWaitsLongerEachTime);
    CPPUNIT_TEST(aKeptOneIsATicketAndGoodOnce);
    CPPUNIT_TEST(aDeniedOneSaysSo);
    CPPUNIT_TEST(ofTwoWhoDecideOneIsFirst);
    CPPUNIT_TEST(oneThatNobodyDecidesExpires);
    CPPUNIT_TEST(memoryThatCannotBeBelievedIsNotAsked);
    CPPUNIT_TEST(whatWasReadBeforeADecisionIsNotRemembered);
    CPPUNIT_TEST(anotherNodeLearnsOfIt);
    CPPUNIT_TEST(itIsItsClientsAlone);
    CPPUNIT_TEST(aReferenceOpensNothingElse);
    CPPUNIT_TEST(whoWantsToHearOfADecisionHasAJobInItsBatch);
    CPPUNIT_TEST(aTellerThatThrowsKeepsNobodyFromDeciding);
    CPPUNIT_TEST_SUITE_END();

    static constexpr const char* kind = "ticket/grant.test/promised";

    TokenBed bed_;
    Client client_ = TokenBed::client("tv");
    bool isFresh_ = true;
    PromiseBook promises_{bed_.host, bed_.handles, [this] { return isFresh_; }};
    TicketBook tickets_{bed_.host, bed_.handles, bed_.families, promises_, bed_.lifetimes};

    Promised make() {
        Promise terms;
        terms.grant = "test_grant";
        terms.lifetime = seconds{600};
        terms.page = {"page", {{"value", "text"}}};
        terms.returnPath = "/done";
        const auto made = promises_.make(bed_.context, kind, client_, "sealed", terms);
        CPPUNIT_ASSERT(made);
        return *made;
    }
    OpenPromise find(const Promised& promised) {
        const auto found = promises_.find(bed_.context, promised.reference);
        CPPUNIT_ASSERT(found && *found);
        return **found;
    }
    Result<OpenedTicket, OAuthError> ask(TicketBook& book, const Promised& promised) {
        return book.open(bed_.context, kind, client_, {}, promised.text);
    }
    void isTold(std::string_view code, const Promised& promised) {
        isTold(code, tickets_, promised);
    }
    void isTold(std::string_view code, TicketBook& book, const Promised& promised) {
        const auto answer = ask(book, promised);
        CPPUNIT_ASSERT(!answer);
        CPPUNIT_ASSERT_EQUAL(std::string(code), answer.error().code);
    }
    bool keep(const OpenPromise& promise) {
        Batch batch;
        CPPUNIT_ASSERT(promises_.keep(bed_.context, client_, promise,
                                      {TokenBed::authorization("tv"), {}, {}}, batch));
        const auto outcome = bed_.host.records().apply(bed_.context, std::move(batch));
        CPPUNIT_ASSERT(outcome);
        return outcome->applied();
    }
    /// What the change feed does.
    void tell(PromiseBook& book, const Promised& promised) {
        book.polls().forget(promised.reference);
    }

public:
    void whoWaitsIsToldSo() {
        const auto promised = make();
        isTold("authorization_pending", promised);
        const auto open = find(promised);
        CPPUNIT_ASSERT(!open.isDecided);
        CPPUNIT_ASSERT_EQUAL(std::string("tv"), open.clientId);
        CPPUNIT_ASSERT_EQUAL(std::string("sealed"), open.sealed);
        CPPUNIT_ASSERT_EQUAL(std::string("page"), open.page.name);
        CPPUNIT_ASSERT_EQUAL(std::string("/done"), open.returnPath);
    }

    void aPollThatWaitsAsksNoStorage() {
        const auto promised = make();
        bed_.host.fakeRecords.fail(Error::unavailable("away"));
        isTold("authorization_pending", promised);
        isTold("slow_down", promised);
        bed_.host.fakeRecords.fail(std::nullopt);
    }

    void whoAsksTooFastWaitsLongerEachTime() {
        const auto promised = make();
        isTold("authorization_pending", promised);
        bed_.host.fakeClock.advance(seconds{3});
        isTold("slow_down", promised);  // ten seconds from now on
        bed_.host.fakeClock.advance(seconds{8});
        isTold("slow_down", promised);  // fifteen
        bed_.host.fakeClock.advance(seconds{14});
        isTold("authorization_pending", promised);
    }

    void aKeptOneIsATicketAndGoodOnce() {
        const auto promised = make();
        CPPUNIT_ASSERT(keep(find(promised)));
        tell(promises_, promised);
        const auto opened = ask(tickets_, promised);
        CPPUNIT_ASSERT(opened);
        CPPUNIT_ASSERT_EQUAL(std::string("ann"), opened->authorization.subject.id);
        Batch batch;
        tickets_.useUp(bed_.context, client_, *opened, batch);
        CPPUNIT_ASSERT(bed_.host.records().apply(bed_.context, std::move(batch))->applied());
        isTold("invalid_grant", promised);
    }

    void aDeniedOneSaysSo() {
        const auto promised = make();
        const auto denied = promises_.deny(bed_.context, client_, find(promised));
        CPPUNIT_ASSERT(denied && *denied);
        tell(promises_, promised);
        isTold("access_denied", promised);
        isTold("access_denied", promised);
        CPPUNIT_ASSERT(find(promised).isDecided);
    }

    void ofTwoWhoDecideOneIsFirst() {
        const auto promised = make();
        const auto before = find(promised);
        CPPUNIT_ASSERT(keep(before));
        CPPUNIT_ASSERT(!keep(before));
        const auto denied = promises_.deny(bed_.context, client_, before);
        CPPUNIT_ASSERT(denied && !*denied);
        tell(promises_, promised);
        CPPUNIT_ASSERT(ask(tickets_, promised));
        CPPUNIT_ASSERT(find(promised).isDecided);
    }

    void oneThatNobodyDecidesExpires() {
        const auto promised = make();
        bed_.host.fakeClock.advance(seconds{600});
        isTold("expired_token", promised);
        CPPUNIT_ASSERT(!*promises_.find(bed_.context, promised.reference));
        bed_.host.fakeClock.advance(seconds{600});
        isTold("invalid_grant", promised);
    }

    void memoryThatCannotBeBelievedIsNotAsked() {
        const auto promised = make();
        isFresh_ = false;
        isTold("authorization_pending", promised);
        CPPUNIT_ASSERT(keep(find(promised)));
        CPPUNIT_ASSERT(ask(tickets_, promised));
    }

    void whatWasReadBeforeADecisionIsNotRemembered() {
        const auto promised = make();
        const auto moment = promises_.polls().moment();
        const auto before = find(promised);
        CPPUNIT_ASSERT(keep(before));
        tell(promises_, promised);
        promises_.polls().remember(before, moment);
        CPPUNIT_ASSERT(ask(tickets_, promised));
    }

    void anotherNodeLearnsOfIt() {
        PromiseBook elsewhere(bed_.host, bed_.handles, [] { return true; });
        TicketBook there(bed_.host, bed_.handles, bed_.families, elsewhere, bed_.lifetimes);
        const auto promised = make();
        isTold("authorization_pending", there, promised);
        CPPUNIT_ASSERT(keep(find(promised)));
        isTold("slow_down", there, promised);
        tell(elsewhere, promised);
        CPPUNIT_ASSERT(ask(there, promised));
    }

    void itIsItsClientsAlone() {
        const auto promised = make();
        for (const auto& other : {TokenBed::client("other"), registeredAgain()}) {
            const auto answer = tickets_.open(bed_.context, kind, other, {}, promised.text);
            CPPUNIT_ASSERT_EQUAL(std::string("invalid_grant"), answer.error().code);
        }
        isTold("authorization_pending", promised);
    }
    static Client registeredAgain() {
        auto client = TokenBed::client("tv");
        client.registration = "later";
        return client;
    }

    void aReferenceOpensNothingElse() {
        for (const auto* text : {"", " ", "x", "QUFB ", "!! ticket/grant.test/promised",
                                 "QUFB ticket/grant.test/promised"}) {
            const auto found = promises_.find(bed_.context, text);
            CPPUNIT_ASSERT_MESSAGE(text, found && !*found);
        }
    }

    void whoWantsToHearOfADecisionHasAJobInItsBatch() {
        const auto promised = make();
        const auto before = find(promised);
        const auto told = telling();
        for (const bool isFirst : {true, false}) {
            const auto denied = told.deny(bed_.context, client_, before);
            CPPUNIT_ASSERT(denied && *denied == isFirst);
            CPPUNIT_ASSERT_EQUAL(std::size_t{1}, bed_.host.fakeRecords.all("job").size());
        }
        const auto job = StoredJob::of(bed_.host.fakeRecords.all("job").front());
        CPPUNIT_ASSERT_EQUAL(std::string("client_metadata_rule.bell/ring"), job->handler);
        CPPUNIT_ASSERT_EQUAL("tv test_grant " + promised.reference,
                             bed_.host.fakeRecords.all("job_body").front().payload);
    }

    void aTellerThatThrowsKeepsNobodyFromDeciding() {
        bell_.isBroken = true;
        const auto promised = make();
        CPPUNIT_ASSERT(*telling().deny(bed_.context, client_, find(promised)));
        CPPUNIT_ASSERT(bed_.host.fakeRecords.all("job").empty());
    }

private:
    class Bell final : public With<ClientMetadataRule, PromiseJobs> {
    public:
        std::vector<std::string_view> members() const override { return {}; }
        Status admit(const Context&, const ValueMap&) const override { return done(); }
        std::vector<NewJob> jobs(const Context&, const DecidedPromise& promise) const override {
            if (isBroken) {
                throw std::runtime_error("broken");
            }
            return {{"ring", "tv",
                     promise.client.id + " " + std::string(promise.grant) + " " +
                         std::string(promise.reference)}};
        }
        bool isBroken = false;
    };
    PromiseBook telling() {
        return {bed_.host, bed_.handles, [] { return true; },
                PromiseTellers(bed_.host, jobs_, {{"bell", &bell_}},
                               {{"bell", {"client_metadata_rule.bell", "bell"}}})};
    }

    Bell bell_;
    JobBook jobs_{bed_.host.records(), bed_.host.clock(), bed_.host.random()};
};

CPPUNIT_TEST_SUITE_REGISTRATION(PromiseBookTest);

}  // namespace gatehouse
