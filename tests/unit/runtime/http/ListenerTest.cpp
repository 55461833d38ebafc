// SPDX-License-Identifier: Apache-2.0
#include "HttpClient.h"
#include "ListenerBed.h"

#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/SocketAddress.h>

#include <cppunit/TestAssert.h>
#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <unistd.h>

#include <chrono>
#include <future>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace gatehouse {

namespace {

std::string post(const std::string& path, const std::string& body) {
    return "POST " + path +
           " HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
           body;
}

}  // namespace

/// What a client sees of a listener that works.
class ListenerTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ListenerTest);
    CPPUNIT_TEST(aConnectionServesManyRequests);
    CPPUNIT_TEST(pipelinedRequestsAreAnsweredInOrder);
    CPPUNIT_TEST(manyPipelinedRequestsToASlowReaderAreAllAnswered);
    CPPUNIT_TEST(aRequestMayComeByteByByte);
    CPPUNIT_TEST(aBodyIsNotExecutedAsTheNextRequest);
    CPPUNIT_TEST(aSmuggledRequestIsRefusedAndTheConnectionClosed);
    CPPUNIT_TEST(headHasNoBody);
    CPPUNIT_TEST(continueIsSentWhenTheClientWaitsForIt);
    CPPUNIT_TEST(oldClientsAreClosedUnlessTheyAskOtherwise);
    CPPUNIT_TEST(closeIsHonoured);
    CPPUNIT_TEST(aHalfClosedClientStillGetsItsAnswer);
    CPPUNIT_TEST(whoGaveUpWhileTheLoopStoodStillIsNotServed);
    CPPUNIT_TEST(anAnswerNeverReachesTheNextConnectionOfItsSlot);
    CPPUNIT_TEST(anotherRouterTakesOverBetweenRequests);
    CPPUNIT_TEST(manyClientsOnSeveralLoopsAreAllAnswered);
    CPPUNIT_TEST(aPortInUseIsSaid);
    CPPUNIT_TEST(aLoopThatStandsStillIsSeen);
    CPPUNIT_TEST(aListeningSocketCanBeTakenOver);
    CPPUNIT_TEST(aSocketElsewhereThanConfiguredIsSaid);
    CPPUNIT_TEST_SUITE_END();

public:
    void aConnectionServesManyRequests() {
        ListenerBed bed;
        HttpClient client(bed.port());
        for (int i = 0; i < 20; ++i) {
            const auto answer = client.ask(get("/loop"));
            CPPUNIT_ASSERT_EQUAL(200, answer.status);
            CPPUNIT_ASSERT_EQUAL(std::string("loop"), answer.body);
            CPPUNIT_ASSERT_EQUAL(std::string("nosniff"), answer.field("X-Content-Type-Options"));
            CPPUNIT_ASSERT_EQUAL(std::string("xy"), client.ask(post("/worker/x", "y")).body);
        }
        CPPUNIT_ASSERT_EQUAL(1.0, bed.metrics.value("gatehouse_http_connections"));
    }

    void pipelinedRequestsAreAnsweredInOrder() {
        ListenerBed bed;
        HttpClient client(bed.port());
        std::string all;
        for (int i = 0; i < 50; ++i) {
            all += get("/worker/" + std::to_string(i)) + get("/loop") + post("/loop", "b");
        }
        client.send(all);
        for (int i = 0; i < 50; ++i) {
            CPPUNIT_ASSERT_EQUAL(std::to_string(i), client.receive().body);
            CPPUNIT_ASSERT_EQUAL(std::string("loop"), client.receive().body);
            CPPUNIT_ASSERT_EQUAL(std::string("loopb"), client.receive().body);
        }
    }

    void manyPipelinedRequestsToASlowReaderAreAllAnswered() {
        ListenerBed bed;
        HttpClient client(bed.port(), 4096);
        constexpr int count = 20'000;
        std::thread sender([&] {
            std::string all;
            for (int i = 0; i < count; ++i) {
                all += get("/loop");
            }
            client.send(all);
        });
        for (int i = 0; i < count; ++i) {
            CPPUNIT_ASSERT_EQUAL(200, client.receive().status);
        }
        sender.join();
    }

    void aRequestMayComeByteByByte() {
        ListenerBed bed;
        HttpClient client(bed.port());
        for (const char c : post("/worker/x", "body")) {
            client.send(std::string(1, c));
        }
        CPPUNIT_ASSERT_EQUAL(std::string("xbody"), client.receive().body);
    }

    void aBodyIsNotExecutedAsTheNextRequest() {
        ListenerBed bed;
        HttpClient client(bed.port());
        const std::string inner = get("/worker/smuggled");
        CPPUNIT_ASSERT_EQUAL(404, client.ask(post("/nowhere", inner)).status);
        CPPUNIT_ASSERT_EQUAL(405, client.ask(post("/who", inner)).status);
        CPPUNIT_ASSERT_EQUAL(std::string("loop"), client.ask(get("/loop")).body);
        for (const auto& line : bed.requests()) {
            CPPUNIT_ASSERT(line.fields.text("route") != "/worker/{x}");
        }
    }

    void aSmuggledRequestIsRefusedAndTheConnectionClosed() {
        ListenerBed bed;
        HttpClient client(bed.port());
        client.send("POST /loop HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n"
                    "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" +
                    get("/worker/smuggled"));
        const auto answer = client.receive();
        CPPUNIT_ASSERT_EQUAL(400, answer.status);
        CPPUNIT_ASSERT_EQUAL(std::string("{\"error\":\"bad_request\"}"), answer.body);
        CPPUNIT_ASSERT_EQUAL(std::string("close"), answer.field("Connection"));
        CPPUNIT_ASSERT(!answer.field("X-Request-Id").empty());
        client.shutdownSend();
        CPPUNIT_ASSERT(client.isClosed());
        CPPUNIT_ASSERT(bed.requests().empty());
        bed.waitForRefusal("malformed");
    }

    void headHasNoBody() {
        ListenerBed bed;
        HttpClient client(bed.port());
        client.send("HEAD /loop HTTP/1.1\r\nHost: a\r\n\r\n" + get("/worker/x"));
        const auto answer = client.receive(false);
        CPPUNIT_ASSERT_EQUAL(200, answer.status);
        CPPUNIT_ASSERT_EQUAL(std::string("4"), answer.field("Content-Length"));
        CPPUNIT_ASSERT_EQUAL(std::string("x"), client.receive().body);
    }

    void continueIsSentWhenTheClientWaitsForIt() {
        ListenerBed bed;
        HttpClient client(bed.port());
        client.send("POST /loop HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n"
                    "Expect: 100-continue\r\n\r\n");
        CPPUNIT_ASSERT_EQUAL(100, client.receive().status);
        CPPUNIT_ASSERT_EQUAL(std::string("loop42"), client.ask("42").body);
    }

    void oldClientsAreClosedUnlessTheyAskOtherwise() {
        ListenerBed bed;
        HttpClient kept(bed.port());
        const auto answer = kept.ask("GET /loop HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        CPPUNIT_ASSERT_EQUAL(std::string("keep-alive"), answer.field("Connection"));
        CPPUNIT_ASSERT_EQUAL(std::string("loop"), kept.ask(get("/loop")).body);
        HttpClient closed(bed.port());
        CPPUNIT_ASSERT_EQUAL(std::string("x"), closed.ask("GET /worker/x HTTP/1.0\r\n\r\n").body);
        CPPUNIT_ASSERT(closed.isClosed());
    }

    void closeIsHonoured() {
        ListenerBed bed;
        for (const char* path : {"/loop", "/worker/x"}) {
            HttpClient client(bed.port());
            const auto answer = client.ask(get(path, "Connection: close\r\n"));
            CPPUNIT_ASSERT_EQUAL(200, answer.status);
            CPPUNIT_ASSERT_EQUAL(std::string("close"), answer.field("Connection"));
            CPPUNIT_ASSERT(client.isClosed());
        }
    }

    void aHalfClosedClientStillGetsItsAnswer() {
        ListenerBed bed;
        HttpClient client(bed.port());
        client.send(get("/gate/x") + get("/loop"));
        client.shutdownSend();
        bed.gates.waitUntilEntered("x");
        bed.gates.open("x");
        CPPUNIT_ASSERT_EQUAL(std::string("x"), client.receive().body);
        CPPUNIT_ASSERT_EQUAL(std::string("loop"), client.receive().body);
        CPPUNIT_ASSERT(client.isClosed());
    }

    void whoGaveUpWhileTheLoopStoodStillIsNotServed() {
        ListenerBed bed;
        HttpClient holding(bed.port());
        holding.send(get("/held"));
        bed.gates.waitUntilEntered("held");
        HttpClient waiting(bed.port());
        waiting.send(get("/worker/waits"));
        {
            HttpClient hasty(bed.port());
            hasty.send(get("/gate/leaves"));
        }
        // Time itself is what makes a request stale.
        std::this_thread::sleep_for(milliseconds{1'200});
        bed.gates.open("held");
        CPPUNIT_ASSERT_EQUAL(std::string("waits"), waiting.receive().body);
        bed.waitForConnections(2);
        CPPUNIT_ASSERT(!bed.gates.hasEntered("leaves"));
    }

    /// The first client goes while its request runs; the second gets its descriptor and slot.
    void anAnswerNeverReachesTheNextConnectionOfItsSlot() {
        ListenerBed bed;
        HttpClient first(bed.port());
        first.send(get("/gate/first"));
        bed.gates.waitUntilEntered("first");
        first.abort();
        bed.waitForConnections(0);

        HttpClient second(bed.port());
        second.send(get("/gate/second"));
        bed.gates.waitUntilEntered("second");
        bed.gates.open("first");
        bed.waitFor("gatehouse_http_request_seconds", {{"route", "/gate/{x}"}}, 1);
        HttpClient other(bed.port());  // the loop has read its mail once this is answered
        CPPUNIT_ASSERT_EQUAL(std::string("1"), other.ask(get("/worker/1")).body);
        bed.gates.open("second");
        CPPUNIT_ASSERT_EQUAL(std::string("second"), second.receive().body);
        CPPUNIT_ASSERT_EQUAL(std::string("loop"), second.ask(get("/loop")).body);
    }

    void anotherRouterTakesOverBetweenRequests() {
        testkit::FakeMetrics metrics;
        auto old = std::make_shared<int>(1);
        const std::weak_ptr<int> watched = old;
        std::mutex mutex;
        std::shared_ptr<const Router> current;
        const auto make = [&](const std::string& body, std::shared_ptr<void> keepAlive) {
            Handler handler = [body](const Context&, const HttpRequest&) {
                HttpResponse response;
                response.body = body;
                return response;
            };
            return *Router::make({{1, "https://a", ""}}, {{"GET", "/", Lane::protocol, handler}},
                                 metrics, std::move(keepAlive));
        };
        current = make("old", std::move(old));
        testkit::FakeLog log;
        testkit::FakeClock clock;
        std::optional<Lanes> lanes(std::in_place, LaneSizes{{2, 8}, {1, 1}, {1, 1}}, metrics);
        ListenerSettings settings;
        settings.port = 0;
        const auto source = [&] {
            const std::lock_guard<std::mutex> lock(mutex);
            return current;
        };
        Listener listener(settings, *lanes, source, log, metrics, clock);
        CPPUNIT_ASSERT(listener.open());
        listener.start();
        HttpClient client(listener.port());
        CPPUNIT_ASSERT_EQUAL(std::string("old"), client.ask(get("/")).body);
        {
            auto next = make("new", nullptr);
            const std::lock_guard<std::mutex> lock(mutex);
            current.swap(next);
        }
        CPPUNIT_ASSERT_EQUAL(std::string("new"), client.ask(get("/")).body);
        CPPUNIT_ASSERT(listener.drain());
        lanes.reset();  // a worker lets go of a request a moment after its answer
        CPPUNIT_ASSERT(watched.expired());
    }

    void manyClientsOnSeveralLoopsAreAllAnswered() {
        ListenerBed bed([](ListenerSettings& settings) { settings.loops = 3; });
        std::vector<std::future<int>> clients;
        for (int i = 0; i < 8; ++i) {
            clients.push_back(std::async(std::launch::async, [&bed, i] {
                int right = 0;
                for (int n = 0; n < 20; ++n) {
                    HttpClient client(bed.port());
                    const std::string name = std::to_string(i) + "-" + std::to_string(n);
                    for (int m = 0; m < 5; ++m) {
                        right += client.ask(get("/worker/" + name)).body == name ? 1 : 0;
                        right += client.ask(get("/loop")).body == "loop" ? 1 : 0;
                    }
                }
                return right;
            }));
        }
        for (auto& client : clients) {
            CPPUNIT_ASSERT_EQUAL(200, client.get());
        }
        bed.waitForConnections(0);
    }

    void aPortInUseIsSaid() {
        ListenerBed bed;
        ListenerSettings settings;
        settings.port = bed.port();
        Listener second(
            settings, *bed.lanes, [&bed] { return bed.router; }, bed.log, bed.metrics, bed.clock);
        const auto opened = second.open();
        CPPUNIT_ASSERT(!opened);
        const std::string expected = "cannot listen on 127.0.0.1:" + std::to_string(bed.port());
        CPPUNIT_ASSERT_EQUAL(expected, opened.error().detail.substr(0, expected.size()));
        CPPUNIT_ASSERT_EQUAL(std::string("loop"), HttpClient(bed.port()).ask(get("/loop")).body);
    }

    void aLoopThatStandsStillIsSeen() {
        ListenerBed bed([](ListenerSettings& settings) { settings.loops = 2; });
        waitUntilMoving(bed);
        HttpClient client(bed.port());
        client.send(get("/held"));
        bed.gates.waitUntilEntered("held");
        bed.listener->isMoving();  // what it went round until now does not count
        CPPUNIT_ASSERT(!bed.listener->isMoving());
        bed.gates.openAll();
        waitUntilMoving(bed);
    }

    void aListeningSocketCanBeTakenOver() {
        const Poco::Net::ServerSocket bound(Poco::Net::SocketAddress("127.0.0.1", 0), 16);
        const auto port = bound.address().port();
        ListenerBed bed([&bound](ListenerSettings& settings) {
            settings.inheritedSocket = ::dup(bound.impl()->sockfd());
        });
        CPPUNIT_ASSERT_EQUAL(port, bed.port());
        CPPUNIT_ASSERT_EQUAL(std::string("loop"), HttpClient(port).ask(get("/loop")).body);
        CPPUNIT_ASSERT(bed.listener->drain());
        HttpClient next(port);  // waits in the queue for whoever takes over
    }

    void aSocketElsewhereThanConfiguredIsSaid() {
        const Poco::Net::ServerSocket bound(Poco::Net::SocketAddress("127.0.0.1", 0), 16);
        const auto warnings = [&bound](std::uint16_t port) {
            const ListenerBed bed([&](ListenerSettings& settings) {
                settings.inheritedSocket = ::dup(bound.impl()->sockfd());
                settings.port = port;
            });
            return bed.log.lines().size();
        };
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, warnings(bound.address().port()));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, warnings(1));
    }

private:
    static void waitUntilMoving(ListenerBed& bed) {
        const auto until = std::chrono::steady_clock::now() + seconds{30};
        while (!bed.listener->isMoving()) {
            CPPUNIT_ASSERT(std::chrono::steady_clock::now() < until);
            std::this_thread::yield();
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ListenerTest);

}  // namespace gatehouse
