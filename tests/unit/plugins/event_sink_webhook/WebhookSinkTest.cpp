// SPDX-License-Identifier: Apache-2.0
#include "WebhookSink.h"

#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeHost.h>

#include "WebhookSignature.h"
#include "json/Json.h"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include <future>
#include <stdexcept>

namespace gatehouse {

class WebhookSinkTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(WebhookSinkTest);
    CPPUNIT_TEST(eventsAreDurableBeforeTheyAreTaken);
    CPPUNIT_TEST(manyGoInSeveralDeliveries);
    CPPUNIT_TEST(aDeliveryIsSigned);
    CPPUNIT_TEST(theSignatureIsThatOfStandardWebhooks);
    CPPUNIT_TEST(whatTheReceiverSaysDecides);
    CPPUNIT_TEST(aStorageThatIsAwayIsWaitedFor);
    CPPUNIT_TEST(aLostAnswerMakesNoNewId);
    CPPUNIT_TEST(aWrongSecretIsTold);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        CPPUNIT_ASSERT(bool(sink_.configure(config("0123456789012345678901234"), host_)));
        CPPUNIT_ASSERT(bool(sink_.start()));
    }

    void eventsAreDurableBeforeTheyAreTaken() {
        Event event;
        event.type = "login.failed";
        event.time = host_.fakeClock.now();
        event.clientId = "shop";
        event.details = {{"login", "alice"}};
        sink_.publish({event, event});
        const auto jobs = host_.fakeJobs.jobs();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, jobs.size());
        const auto body = bodyOf(jobs[0]);
        CPPUNIT_ASSERT_EQUAL(
            R"({"type":"login.failed","time":"2026-01-01T00:00:00.000Z","issuer":1,"client":"shop",)"
            R"("details":{"login":"alice"},"id":")" +
                idOf(jobs[0]) + R"(.2"})",
            toJson(*body.find("events")->list()->at(1).map()));
        CPPUNIT_ASSERT_EQUAL(idOf(jobs[0]), std::string(body.text("id")));
        CPPUNIT_ASSERT(host_.fakeOutgoing.sent().empty());
    }

    void manyGoInSeveralDeliveries() {
        sink_.publish(std::vector<Event>(7));
        const auto jobs = host_.fakeJobs.jobs();
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, jobs.size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, bodyOf(jobs[2]).find("events")->list()->size());
        CPPUNIT_ASSERT(idOf(jobs[0]) != idOf(jobs[1]));
    }

    void aDeliveryIsSigned() {
        sink_.publish(std::vector<Event>(1));
        CPPUNIT_ASSERT(bool(host_.fakeJobs.run(0)));
        const auto sent = host_.fakeOutgoing.sent().at(0);
        const auto id = idOf(host_.fakeJobs.jobs()[0]);
        CPPUNIT_ASSERT_EQUAL(std::string("POST https://siem.example.org/in"),
                             sent.method + " " + sent.url);
        CPPUNIT_ASSERT_EQUAL(id, header(sent, "webhook-id"));
        CPPUNIT_ASSERT_EQUAL(std::string("1767225600"), header(sent, "webhook-timestamp"));
        CPPUNIT_ASSERT_EQUAL(
            webhookSignature(Secret("0123456789012345678901234"), id, 1767225600, sent.body),
            header(sent, "webhook-signature"));
        CPPUNIT_ASSERT_EQUAL(host_.fakeJobs.jobs()[0].payload, id + "\n" + sent.body);
    }

    /// The example of the specification's libraries.
    void theSignatureIsThatOfStandardWebhooks() {
        const auto key = webhookKey(Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        CPPUNIT_ASSERT_EQUAL(std::string("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
                             webhookSignature(*key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330,
                                              R"({"test": 2432232314})"));
    }

    void whatTheReceiverSaysDecides() {
        sink_.publish(std::vector<Event>(1));
        const auto outcome = [this](int status) {
            host_.fakeOutgoing.answer([status](const OutgoingRequest&) {
                return OutgoingAnswer{status, {}, {}};
            });
            const auto result = host_.fakeJobs.run(0);
            return result ? "done" : result.error().isTemporary() ? "later" : "never";
        };
        for (const int status : {200, 202, 204}) {
            CPPUNIT_ASSERT_EQUAL(std::string("done"), std::string(outcome(status)));
        }
        for (const int status : {301, 307, 400, 401, 404, 429, 500, 503}) {
            CPPUNIT_ASSERT_EQUAL(std::string("later"), std::string(outcome(status)));
        }
        CPPUNIT_ASSERT_EQUAL(std::string("never"), std::string(outcome(410)));
        host_.fakeOutgoing.answer(
            [](const OutgoingRequest&) { return Error::notAllowed("a private address"); });
        CPPUNIT_ASSERT_EQUAL(std::string("a private address"),
                             host_.fakeJobs.run(0).error().detail);
        CPPUNIT_ASSERT(host_.fakeJobs.run(0).error().isTemporary());
    }

    void aStorageThatIsAwayIsWaitedFor() {
        host_.fakeJobs.fail(Error::unavailable("away"));
        auto publishing =
            std::async(std::launch::async, [this] { sink_.publish(std::vector<Event>(1)); });
        CPPUNIT_ASSERT(publishing.wait_for(milliseconds{50}) == std::future_status::timeout);
        host_.fakeJobs.fail(std::nullopt);
        publishing.get();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, host_.fakeJobs.jobs().size());

        host_.fakeJobs.fail(Error::unavailable("away"));
        auto ending =
            std::async(std::launch::async, [this] { sink_.publish(std::vector<Event>(1)); });
        sink_.stop();
        CPPUNIT_ASSERT_THROW(ending.get(), std::runtime_error);
    }

    void aLostAnswerMakesNoNewId() {
        host_.fakeJobs.loseNextAnswer();
        sink_.publish(std::vector<Event>(1));
        const auto jobs = host_.fakeJobs.jobs();
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, jobs.size());
        CPPUNIT_ASSERT_EQUAL(jobs[0].payload, jobs[1].payload);
    }

    void aWrongSecretIsTold() {
        WebhookSink other;
        const auto configured = other.configure(config("whsec_not base64 at all !!!"), host_);
        CPPUNIT_ASSERT(!configured);
        CPPUNIT_ASSERT(configured.error().detail.find("base64") != std::string::npos);
        CPPUNIT_ASSERT(configured.error().detail.find("not base64 at all") == std::string::npos);
    }

private:
    static testkit::FakeConfig config(const char* secret) {
        return testkit::FakeConfig(
            fieldsOf<WebhookSink>(),
            {{"url", "https://siem.example.org/in"}, {"secret", secret}, {"batch", 3}});
    }
    static std::string idOf(const NewJob& job) {
        return job.payload.substr(0, job.payload.find('\n'));
    }
    static ValueMap bodyOf(const NewJob& job) {
        return *parseJson(job.payload.substr(job.payload.find('\n') + 1))->map();
    }
    static std::string header(const OutgoingRequest& request, std::string_view name) {
        for (const auto& field : request.headers) {
            if (field.name == name) {
                return field.value;
            }
        }
        return "";
    }

    testkit::FakeHost host_{"siem"};
    WebhookSink sink_;
};

}  // namespace gatehouse

CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::WebhookSinkTest);
