// SPDX-License-Identifier: Apache-2.0
#include "HttpClient.h"
#include "ListenerBed.h"

#include <Poco/Exception.h>

#include <cppunit/TestAssert.h>
#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include <chrono>
#include <future>
#include <string>
#include <thread>
#include <vector>

namespace gatehouse {

namespace {

constexpr milliseconds soon{100};
/// For limits within which something has to be done, on a machine that is busy.
constexpr milliseconds later{2'000};

std::function<void(ListenerSettings&)> with(milliseconds ListenerSettings::*limit,
                                            milliseconds time = soon) {
    return [limit, time](ListenerSettings& settings) { settings.*limit = time; };
}

}  // namespace

/// What a client sees when it, or a handler, takes too long or too much.
class ListenerLimitsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ListenerLimitsTest);
    CPPUNIT_TEST(aHeadThatDoesNotEndIsClosed);
    CPPUNIT_TEST(aByteNowAndThenDoesNotKeepARequestOpen);
    CPPUNIT_TEST(aBodyThatDoesNotEndIsClosed);
    CPPUNIT_TEST(unfinishedRequestsTogetherAreBounded);
    CPPUNIT_TEST(slowClientsDoNotHinderOthers);
    CPPUNIT_TEST(anIdleConnectionIsClosed);
    CPPUNIT_TEST(whenFullTheIdlestGoes);
    CPPUNIT_TEST(whenFullOneWithARequestOnItsWayDoesNotGo);
    CPPUNIT_TEST(whenFullOfWorkANewOneIsTurnedAway);
    CPPUNIT_TEST(aRefusedBodyIsAnsweredThoughItStillComes);
    CPPUNIT_TEST(aFullQueueIsSaidAtOnce);
    CPPUNIT_TEST(aBrowserIsToldOfAFullQueueByAPage);
    CPPUNIT_TEST(anAnswerThatTakesTooLongIsGivenUp);
    CPPUNIT_TEST(whatNobodyWaitsForIsNotRun);
    CPPUNIT_TEST(aLargeAnswerReachesASlowReader);
    CPPUNIT_TEST(aReaderThatStopsIsClosed);
    CPPUNIT_TEST(drainFinishesWhatRunsAndClosesWhatIsIdle);
    CPPUNIT_TEST(drainAnswersWhatHasArrivedInPart);
    CPPUNIT_TEST(drainAnswersWhoHasJustConnected);
    CPPUNIT_TEST(drainDoesNotWaitLongForWhoAsksNothing);
    CPPUNIT_TEST(drainCutsOffWhatDoesNotEnd);
    CPPUNIT_TEST_SUITE_END();

    /// One request is worked on and one waits: there is room for no other.
    static void fillAdminLane(ListenerBed& bed, HttpClient& running, HttpClient& waiting) {
        running.send(get("/admin/first"));
        bed.gates.waitUntilEntered("first");
        waiting.send(get("/admin/second"));
        bed.waitFor("gatehouse_http_lane_queue", {{"lane", "admin"}}, 1);
    }

public:
    void aHeadThatDoesNotEndIsClosed() {
        ListenerBed bed(with(&ListenerSettings::headTimeout));
        HttpClient client(bed.port());
        CPPUNIT_ASSERT_EQUAL(408, client.ask("GET /loop HTTP/1.1\r\nHost:").status);
        CPPUNIT_ASSERT(client.isClosed());
        bed.waitForRefusal("head_timeout");
    }

    void aByteNowAndThenDoesNotKeepARequestOpen() {
        ListenerBed bed(with(&ListenerSettings::headTimeout));
        HttpClient client(bed.port());
        std::thread dribble([&client, &bed] {
            try {
                client.send("GET /loop HTTP/1.1\r\nX: ");
                while (bed.metrics.value("gatehouse_http_connections") > 0) {
                    client.send("x");
                    std::this_thread::sleep_for(milliseconds{5});
                }
            } catch (const Poco::Exception&) {  // closed, as it must be
            }
        });
        const std::string all = client.drain();
        dribble.join();
        CPPUNIT_ASSERT(all.empty() || all.substr(0, 12) == "HTTP/1.1 408");
        bed.waitForRefusal("head_timeout");
    }

    void aBodyThatDoesNotEndIsClosed() {
        ListenerBed bed(with(&ListenerSettings::headTimeout));
        HttpClient client(bed.port());
        const auto answer =
            client.ask("POST /loop HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n1234");
        CPPUNIT_ASSERT_EQUAL(408, answer.status);
        CPPUNIT_ASSERT(client.isClosed());
    }

    void unfinishedRequestsTogetherAreBounded() {
        ListenerBed bed([](ListenerSettings& settings) { settings.unfinishedBytes = 40'000; });
        const std::string head = "POST /loop HTTP/1.1\r\nHost: a\r\nContent-Length: ";
        HttpClient first(bed.port());
        first.send(head + "30001\r\n\r\n" + std::string(30'000, 'x'));
        HttpClient second(bed.port());
        const auto refused = second.ask(head + "30001\r\n\r\n" + std::string(30'000, 'x'));
        CPPUNIT_ASSERT_EQUAL(503, refused.status);
        CPPUNIT_ASSERT_EQUAL(std::string("1"), refused.field("Retry-After"));
        bed.waitForRefusal("unfinished_full");

        HttpClient usual(bed.port());
        usual.send(head + "5\r\n\r\nhel");
        CPPUNIT_ASSERT_EQUAL(std::string("loophello"), usual.ask("lo").body);
        CPPUNIT_ASSERT_EQUAL(200, first.ask("x").status);
        HttpClient third(bed.port());
        third.send(head + "30001\r\n\r\n" + std::string(30'000, 'x'));
        CPPUNIT_ASSERT_EQUAL(200, third.ask("x").status);
    }

    void slowClientsDoNotHinderOthers() {
        ListenerBed bed;
        std::vector<std::unique_ptr<HttpClient>> slow;
        for (int i = 0; i < 300; ++i) {
            slow.push_back(std::make_unique<HttpClient>(bed.port()));
            slow.back()->send("GET /worker/x HTTP/1.1\r\nHost: ");
        }
        bed.waitForConnections(300);
        HttpClient client(bed.port());
        for (int i = 0; i < 50; ++i) {
            CPPUNIT_ASSERT_EQUAL(std::string("x"), client.ask(get("/worker/x")).body);
        }
        for (auto& each : slow) {
            CPPUNIT_ASSERT_EQUAL(std::string("x"), each->ask("a\r\n\r\n").body);
        }
    }

    void anIdleConnectionIsClosed() {
        ListenerBed bed(with(&ListenerSettings::idleTimeout, later));
        HttpClient silent(bed.port());
        CPPUNIT_ASSERT(silent.isClosed());
        HttpClient client(bed.port());
        CPPUNIT_ASSERT_EQUAL(200, client.ask(get("/worker/x")).status);
        CPPUNIT_ASSERT(client.isClosed());
    }

    void whenFullTheIdlestGoes() {
        ListenerBed bed([](ListenerSettings& settings) { settings.connections = 3; });
        HttpClient first(bed.port());
        HttpClient second(bed.port());
        HttpClient third(bed.port());
        for (auto* client : {&first, &second, &third, &first}) {
            CPPUNIT_ASSERT_EQUAL(200, client->ask(get("/loop")).status);
        }
        HttpClient fourth(bed.port());
        CPPUNIT_ASSERT_EQUAL(200, fourth.ask(get("/loop")).status);
        CPPUNIT_ASSERT(second.isClosed());
        CPPUNIT_ASSERT_EQUAL(200, first.ask(get("/loop")).status);
        CPPUNIT_ASSERT_EQUAL(200, third.ask(get("/loop")).status);
        bed.waitForRefusal("idle_evicted");
    }

    /// The loop is busy while a request arrives on the idlest connection and another connects.
    void whenFullOneWithARequestOnItsWayDoesNotGo() {
        ListenerBed bed([](ListenerSettings& settings) { settings.connections = 2; });
        HttpClient idlest(bed.port());
        idlest.ask(get("/loop"));
        HttpClient busy(bed.port());
        busy.send(get("/held"));
        bed.gates.waitUntilEntered("held");
        HttpClient next(bed.port());
        next.send(get("/loop"));
        idlest.send("GET /loop HTTP/1.1\r\n");
        bed.gates.open("held");
        CPPUNIT_ASSERT_EQUAL(200, busy.receive().status);
        CPPUNIT_ASSERT_EQUAL(200, next.receive().status);
        CPPUNIT_ASSERT_EQUAL(200, idlest.ask("Host: a\r\n\r\n").status);
        CPPUNIT_ASSERT(busy.isClosed());
    }

    void whenFullOfWorkANewOneIsTurnedAway() {
        ListenerBed bed([](ListenerSettings& settings) { settings.connections = 1; });
        HttpClient working(bed.port());
        working.send(get("/gate/x"));
        bed.gates.waitUntilEntered("x");
        HttpClient next(bed.port());
        CPPUNIT_ASSERT(next.isClosed());
        bed.waitForRefusal("connections_full");
        bed.gates.open("x");
        CPPUNIT_ASSERT_EQUAL(std::string("x"), working.receive().body);
    }

    void aRefusedBodyIsAnsweredThoughItStillComes() {
        ListenerBed bed;
        HttpClient client(bed.port());
        client.send("POST /loop HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n" +
                    std::string(1'000'000, 'x'));
        CPPUNIT_ASSERT_EQUAL(413, client.receive().status);
        client.shutdownSend();
        CPPUNIT_ASSERT(client.isClosed());
    }

    void aFullQueueIsSaidAtOnce() {
        ListenerBed bed;
        HttpClient running(bed.port());
        HttpClient waiting(bed.port());
        fillAdminLane(bed, running, waiting);
        HttpClient refused(bed.port());
        const auto answer = refused.ask(get("/admin/third"));
        CPPUNIT_ASSERT_EQUAL(503, answer.status);
        CPPUNIT_ASSERT_EQUAL(std::string("1"), answer.field("Retry-After"));
        CPPUNIT_ASSERT_EQUAL(std::string("application/json"), answer.field("Content-Type"));
        CPPUNIT_ASSERT_EQUAL(std::string("x"), refused.ask(get("/worker/x")).body);
        bed.waitForRefusal("queue_full");
        bed.gates.openAll();
        CPPUNIT_ASSERT_EQUAL(std::string("first"), running.receive().body);
        CPPUNIT_ASSERT_EQUAL(std::string("second"), waiting.receive().body);
        CPPUNIT_ASSERT_EQUAL(std::string("third"), refused.ask(get("/admin/third")).body);
    }

    void aBrowserIsToldOfAFullQueueByAPage() {
        ListenerBed bed;
        HttpClient running(bed.port());
        HttpClient waiting(bed.port());
        fillAdminLane(bed, running, waiting);
        const auto answer =
            HttpClient(bed.port())
                .ask(get("/admin/third", "Accept: text/html,application/xhtml+xml,*/*;q=0.8\r\n"));
        CPPUNIT_ASSERT_EQUAL(503, answer.status);
        CPPUNIT_ASSERT_EQUAL(std::string("1"), answer.field("Retry-After"));
        CPPUNIT_ASSERT_EQUAL(std::string("no-store"), answer.field("Cache-Control"));
        CPPUNIT_ASSERT_EQUAL(std::string("text/html; charset=utf-8"), answer.field("Content-Type"));
        CPPUNIT_ASSERT(answer.body.find("try again") != std::string::npos);
    }

    void anAnswerThatTakesTooLongIsGivenUp() {
        ListenerBed bed(with(&ListenerSettings::answerTimeout));
        HttpClient client(bed.port());
        const auto answer = client.ask(get("/gate/x"));
        CPPUNIT_ASSERT_EQUAL(503, answer.status);
        CPPUNIT_ASSERT_EQUAL(std::string("close"), answer.field("Connection"));
        CPPUNIT_ASSERT(client.isClosed());
        bed.gates.openAll();
        bed.lanes.reset();  // the handler has ended
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, bed.requests().size());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{503},
                             *bed.requests().at(0).fields.find("status")->integer());
    }

    void whatNobodyWaitsForIsNotRun() {
        ListenerBed bed(with(&ListenerSettings::answerTimeout, later));
        HttpClient running(bed.port());
        running.send(get("/admin/first"));
        bed.gates.waitUntilEntered("first");
        HttpClient waiting(bed.port());
        CPPUNIT_ASSERT_EQUAL(503, waiting.ask(get("/admin/second")).status);
        bed.gates.open("first");
        bed.lanes.reset();  // would not return if the second waited at its gate
    }

    void aLargeAnswerReachesASlowReader() {
        ListenerBed bed;
        HttpClient client(bed.port(), 4096);
        const auto answer = client.ask(get("/large") + get("/loop"));
        CPPUNIT_ASSERT_EQUAL(ListenerBed::largeSize, answer.body.size());
        CPPUNIT_ASSERT_EQUAL(std::string("loop"), client.receive().body);
    }

    void aReaderThatStopsIsClosed() {
        ListenerBed bed(with(&ListenerSettings::answerTimeout, later));
        HttpClient client(bed.port(), 4096);
        client.send(get("/large"));
        bed.waitForRefusal("send_timeout");
        bed.waitForConnections(0);
        CPPUNIT_ASSERT(client.drain().size() < ListenerBed::largeSize);
    }

    void drainFinishesWhatRunsAndClosesWhatIsIdle() {
        ListenerBed bed([](ListenerSettings& settings) { settings.loops = 2; });
        HttpClient idle(bed.port());
        idle.ask(get("/loop"));
        HttpClient busy(bed.port());
        busy.send(get("/gate/x"));
        bed.gates.waitUntilEntered("x");

        auto drained = std::async(std::launch::async, [&bed] { return bed.listener->drain(); });
        CPPUNIT_ASSERT(idle.isClosed());
        bed.waitForConnections(1);
        CPPUNIT_ASSERT(refusesConnections(bed.port()));
        bed.gates.open("x");
        const auto answer = busy.receive();
        CPPUNIT_ASSERT_EQUAL(std::string("x"), answer.body);
        CPPUNIT_ASSERT_EQUAL(std::string("close"), answer.field("Connection"));
        CPPUNIT_ASSERT(busy.isClosed());
        CPPUNIT_ASSERT(drained.get());
    }

    void drainAnswersWhatHasArrivedInPart() {
        ListenerBed bed;
        HttpClient client(bed.port());
        client.ask(get("/loop"));
        client.send("GET /loop HTTP/1.1\r\n");
        HttpClient other(bed.port());
        other.ask(get("/loop"));
        auto drained = std::async(std::launch::async, [&bed] { return bed.listener->drain(); });
        CPPUNIT_ASSERT(other.isClosed());
        const auto answer = client.ask("Host: a\r\n\r\n");
        CPPUNIT_ASSERT_EQUAL(200, answer.status);
        CPPUNIT_ASSERT_EQUAL(std::string("close"), answer.field("Connection"));
        CPPUNIT_ASSERT(drained.get());
    }

    void drainAnswersWhoHasJustConnected() {
        ListenerBed bed;
        HttpClient client(bed.port());
        bed.waitForConnections(1);
        HttpClient other(bed.port());
        other.ask(get("/loop"));
        auto drained = std::async(std::launch::async, [&bed] { return bed.listener->drain(); });
        CPPUNIT_ASSERT(other.isClosed());
        const auto answer = client.ask(get("/loop"));
        CPPUNIT_ASSERT_EQUAL(200, answer.status);
        CPPUNIT_ASSERT_EQUAL(std::string("close"), answer.field("Connection"));
        CPPUNIT_ASSERT(drained.get());
    }

    void drainDoesNotWaitLongForWhoAsksNothing() {
        ListenerBed bed;
        HttpClient client(bed.port());
        bed.waitForConnections(1);
        CPPUNIT_ASSERT(bed.listener->drain());
        CPPUNIT_ASSERT(client.isClosed());
    }

    void drainCutsOffWhatDoesNotEnd() {
        ListenerBed bed(with(&ListenerSettings::drainTimeout));
        HttpClient client(bed.port());
        client.send(get("/gate/x"));
        bed.gates.waitUntilEntered("x");
        CPPUNIT_ASSERT(!bed.listener->drain());
        CPPUNIT_ASSERT(client.isClosed());
        bed.gates.openAll();
        bed.lanes.reset();  // the late answer goes nowhere, and hurts nobody
    }

private:
    /// Waits until the port is closed; the listener does so in its own time.
    static bool refusesConnections(std::uint16_t port) {
        const auto until = std::chrono::steady_clock::now() + seconds{30};
        while (std::chrono::steady_clock::now() < until) {
            try {
                HttpClient client(port);
            } catch (const Poco::Exception&) {
                return true;
            }
        }
        return false;
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ListenerLimitsTest);

}  // namespace gatehouse
