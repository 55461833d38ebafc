// SPDX-License-Identifier: Apache-2.0
#include "PushedRequests.h"

#include "PushBed.h"

#include <cppunit/extensions/HelperMacros.h>

#include <set>

namespace gatehouse {

class PushedRequestsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PushedRequestsTest);
    CPPUNIT_TEST(whatIsPushedIsReadUntilItExpires);
    CPPUNIT_TEST(aLoginThatItBeganGoesOn);
    CPPUNIT_TEST(itIsTheClientsAlone);
    CPPUNIT_TEST(itIsGoodOnceByItsOwnName);
    CPPUNIT_TEST(whatIsStoredDoesNotTellTheUri);
    CPPUNIT_TEST(oneIsOneWrite);
    CPPUNIT_TEST(aRecordThatIsNoneIsNotThere);
    CPPUNIT_TEST(whoMustPushIsToldSo);
    CPPUNIT_TEST_SUITE_END();

    PushBed bed_;
    std::unique_ptr<PushedRequests> pushed_ = bed_.make();

    Result<RequestRead, OAuthError> read(const std::string& uri) {
        return pushed_->read(testkit::FakeRequestInHand(PushBed::naming(uri)));
    }
    void refused(const std::string& uri) {
        const auto answer = read(uri);
        CPPUNIT_ASSERT_MESSAGE(uri, !answer);
        CPPUNIT_ASSERT_EQUAL(std::string(OAuthCode::invalidRequestUri), answer.error().code);
    }

public:
    void whatIsPushedIsReadUntilItExpires() {
        const auto until = bed_.host.fakeClock.now() + seconds{60};
        const auto uri = bed_.push(*pushed_);
        CPPUNIT_ASSERT_EQUAL(std::size_t{34 + 43}, uri.size());
        CPPUNIT_ASSERT_EQUAL(std::string("sealed"), read(uri)->sealed);
        CPPUNIT_ASSERT(read(uri)->until == until);
        refused(uri + "x");
        refused(uri.substr(0, uri.size() - 1));
        refused("urn:ietf:params:oauth:request_uri:");
        bed_.host.fakeClock.advance(seconds{59});
        CPPUNIT_ASSERT(read(uri));
        bed_.host.fakeClock.advance(seconds{1});
        refused(uri);
    }

    void aLoginThatItBeganGoesOn() {
        const auto reference = read(bed_.push(*pushed_))->reference;
        bed_.host.fakeClock.advance(seconds{60 + 899});
        CPPUNIT_ASSERT_EQUAL(std::string("sealed"), **pushed_->kept(bed_.context, reference));
        bed_.host.fakeClock.advance(seconds{1});
        CPPUNIT_ASSERT(!*pushed_->kept(bed_.context, reference));
    }

    void itIsTheClientsAlone() {
        Client before = PushBed::Site().fakeClient;
        before.registration = "before";
        refused(bed_.push(*pushed_, before));
        before.registration = {};
        before.id = "other";
        refused(bed_.push(*pushed_, before));
        const auto uri = bed_.push(*pushed_);
        testkit::FakeContext other(9);
        const Context otherIssuer = other;
        CPPUNIT_ASSERT(!*pushed_->kept(otherIssuer, read(uri)->reference));
    }

    void itIsGoodOnceByItsOwnName() {
        const auto first = bed_.push(*pushed_);
        CPPUNIT_ASSERT(!read(first)->once.empty());
        CPPUNIT_ASSERT_EQUAL(read(first)->once, read(first)->once);
        CPPUNIT_ASSERT(read(first)->once != read(bed_.push(*pushed_))->once);
    }

    void whatIsStoredDoesNotTellTheUri() {
        const auto uri = bed_.push(*pushed_);
        const auto bits = uri.substr(uri.rfind(':') + 1);
        const auto page = bed_.host.fakeRecords.list(bed_.context, "request", {}, {}, 10);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, page->records.size());
        const auto& record = page->records.front();
        CPPUNIT_ASSERT((record.key + record.payload).find(bits) == std::string::npos);
        CPPUNIT_ASSERT_EQUAL(record.key, read(uri)->reference);
    }

    void oneIsOneWrite() {
        std::set<std::string> uris;
        for (int number = 0; number < 3; ++number) {
            uris.insert(bed_.push(*pushed_));
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, uris.size());
        CPPUNIT_ASSERT_EQUAL(
            std::size_t{3},
            bed_.host.fakeRecords.list(bed_.context, "request", {}, {}, 10)->records.size());
    }

    void aRecordThatIsNoneIsNotThere() {
        const auto uri = bed_.push(*pushed_);
        Record record;
        record.kind = "request";
        record.key = read(uri)->reference;
        for (const auto* payload : {"", "x", "[]", "{}"}) {
            record.payload = payload;
            Batch batch;
            batch.puts = {record};
            CPPUNIT_ASSERT(bed_.host.fakeRecords.apply(bed_.context, batch));
            refused(uri);
        }
    }

    void whoMustPushIsToldSo() {
        Client client;
        CPPUNIT_ASSERT(!pushed_->objection(client) && !pushed_->isRequired());
        const auto strict = bed_.make({{"required", true}});
        CPPUNIT_ASSERT(strict->objection(client) && strict->isRequired());
        client.metadata.set("require_pushed_authorization_requests", true);
        CPPUNIT_ASSERT_EQUAL(std::string(OAuthCode::invalidRequest),
                             pushed_->objection(client)->code);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PushedRequestsTest);

}  // namespace gatehouse
