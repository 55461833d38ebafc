// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeMetrics.h>

#include "OutgoingBed.h"
#include "outgoing/PluginCalls.h"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include <filesystem>
#include <future>

namespace gatehouse {
namespace {

const std::string fine = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine";

bool begins(const std::string& text, const std::string& start) {
    return text.rfind(start, 0) == 0;
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

class OutgoingServiceTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(OutgoingServiceTest);
    CPPUNIT_TEST(aRequestIsSentAsItIsAndItsAnswerRead);
    CPPUNIT_TEST(aConnectionIsUsedAgain);
    CPPUNIT_TEST(aConnectionThatWasClosedIsNot);
    CPPUNIT_TEST(aRedirectIsNotFollowed);
    CPPUNIT_TEST(plainHttpIsForListedOriginsOnly);
    CPPUNIT_TEST(namesThatLeadInsideAreRefused);
    CPPUNIT_TEST(oneBadAddressSpoilsTheName);
    CPPUNIT_TEST(addressesInUrlsAreJudgedToo);
    CPPUNIT_TEST(aNameIsLookedUpOnceAndWhatWasJudgedIsDialled);
    CPPUNIT_TEST(headersCannotBeSmuggledIn);
    CPPUNIT_TEST(bodiesThatAreTooLargeAreCutOff);
    CPPUNIT_TEST(answersThatEndTooEarlyAreNone);
    CPPUNIT_TEST(aServerThatDripsIsGivenUp);
    CPPUNIT_TEST(aServerThatSaysNothingIsGivenUp);
    CPPUNIT_TEST(aServerThatReadsNothingIsGivenUp);
    CPPUNIT_TEST(aServerThatFailsIsLeftAlone);
    CPPUNIT_TEST(soManyCallsToOneServer);
    CPPUNIT_TEST(stoppingEndsWhatIsUnderWay);
    CPPUNIT_TEST(anAnswerIsRememberedAsLongAsItAllows);
    CPPUNIT_TEST(noDescriptorIsLeftBehind);
    CPPUNIT_TEST(callsAreCountedByPurposeAndOutcome);
    CPPUNIT_TEST_SUITE_END();

public:
    void aRequestIsSentAsItIsAndItsAnswerRead() {
        TestSite site(
            TestSite::answering("HTTP/1.1 202 Accepted\r\nX-Y: z\r\nContent-Length: 2\r\n\r\nok"));
        const auto answer = to(site).send(
            {"POST", urlOf(site) + "/hook?a=b", {{"Content-Type", "text/plain"}}, "hello"});
        CPPUNIT_ASSERT(bool(answer));
        CPPUNIT_ASSERT_EQUAL(202, answer->status);
        CPPUNIT_ASSERT_EQUAL(std::string("ok"), answer->body);
        CPPUNIT_ASSERT_EQUAL(std::string("z"), std::string(answer->header("x-y")));
        const auto request = site.requests().at(0);
        CPPUNIT_ASSERT(begins(request, "POST /hook?a=b HTTP/1.1\r\n"));
        CPPUNIT_ASSERT(has(request, "Host: " + urlOf(site).substr(7) + "\r\n"));
        CPPUNIT_ASSERT(has(request, "Content-Type: text/plain\r\n"));
        CPPUNIT_ASSERT(has(request, "Content-Length: 5\r\n"));
        CPPUNIT_ASSERT(has(request, "\r\n\r\nhello"));
    }

    void aConnectionIsUsedAgain() {
        TestSite site(TestSite::answering(fine));
        to(site);
        for (int i = 0; i < 5; ++i) {
            CPPUNIT_ASSERT_EQUAL(std::string("answered 200 fine"), bed_.told(urlOf(site)));
        }
        CPPUNIT_ASSERT_EQUAL(1, site.connections());
    }

    void aConnectionThatWasClosedIsNot() {
        TestSite site([](TestSite& at, Poco::Net::StreamSocket& socket) {
            at.readRequest(socket);
            socket.sendBytes(fine.data(), static_cast<int>(fine.size()));
        });
        to(site);
        for (int i = 0; i < 5; ++i) {
            CPPUNIT_ASSERT_EQUAL(std::string("answered 200 fine"), bed_.told(urlOf(site)));
        }
        CPPUNIT_ASSERT_EQUAL(5, site.connections());
    }

    void aRedirectIsNotFollowed() {
        TestSite other(TestSite::answering(fine));
        TestSite site(TestSite::answering(
            "HTTP/1.1 307 Elsewhere\r\nContent-Length: 0\r\nLocation: " + urlOf(other) +
            "\r\n\r\n"));
        bed_.allow({urlOf(site), urlOf(other)});
        CPPUNIT_ASSERT_EQUAL(std::string("answered 307 "), bed_.told(urlOf(site)));
        CPPUNIT_ASSERT_EQUAL(0, other.connections());
    }

    void plainHttpIsForListedOriginsOnly() {
        TestSite site(TestSite::answering(fine));
        bed_.allow({"127.0.0.0/8"}).resolve({{"127.0.0.1"}});
        CPPUNIT_ASSERT(has(bed_.told(urlOf(site)), "is not https"));
        CPPUNIT_ASSERT(
            has(bed_.told("http://site.example:" + std::to_string(site.port())), "is not https"));
        CPPUNIT_ASSERT_EQUAL(0, site.connections());
    }

    void namesThatLeadInsideAreRefused() {
        TestSite site(TestSite::answering(fine));
        const auto url = "https://site.example:" + std::to_string(site.port()) + "/";
        const std::vector<std::vector<std::string>> answers{{"127.0.0.1"},
                                                            {"::1"},
                                                            {"10.0.0.1"},
                                                            {"192.168.0.1"},
                                                            {"169.254.169.254"},
                                                            {"fd00:ec2::254"},
                                                            {"169.254.0.1"},
                                                            {"fe80::1"},
                                                            {"fd00::1"},
                                                            {"224.0.0.1"},
                                                            {"0.0.0.0"},
                                                            {"::"},
                                                            {"::ffff:127.0.0.1"},
                                                            {"::127.0.0.1"},
                                                            {"64:ff9b::127.0.0.1"},
                                                            {"2002:7f00:1::"},
                                                            {"2001:0:808:808::80ff:fffe"}};
        bed_.resolve(answers);
        for (const auto& answer : answers) {
            const auto told = bed_.told(url);
            CPPUNIT_ASSERT_MESSAGE(answer[0] + " " + told, begins(told, "not allowed: "));
            CPPUNIT_ASSERT_MESSAGE(told, has(told, "outgoing.allow"));
        }
        CPPUNIT_ASSERT_EQUAL(0, site.connections());
    }

    void oneBadAddressSpoilsTheName() {
        bed_.resolve({{"192.0.0.9", "8.8.8.8"}, {"8.8.8.8", "127.0.0.1"}});
        CPPUNIT_ASSERT(begins(bed_.told("https://site.example/"), "not allowed: "));
        CPPUNIT_ASSERT(begins(bed_.told("https://site.example/"), "not allowed: "));
    }

    void addressesInUrlsAreJudgedToo() {
        for (const char* host :
             {"127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "169.254.169.254"}) {
            CPPUNIT_ASSERT_MESSAGE(
                host, begins(bed_.told(std::string("https://") + host + "/"), "not allowed: "));
        }
        CPPUNIT_ASSERT(begins(bed_.told("https://localhost/"), "not allowed: "));
    }

    /// DNS rebinding: the second answer would lead elsewhere, and nobody asks for it.
    void aNameIsLookedUpOnceAndWhatWasJudgedIsDialled() {
        TestSite good([](TestSite& at, Poco::Net::StreamSocket& socket) {
            at.readRequest(socket);
            socket.sendBytes(fine.data(), static_cast<int>(fine.size()));
        });
        const auto url = "http://site.example:" + std::to_string(good.port()) + "/";
        bed_.allow({url}).resolve({{"127.0.0.1"}, {"127.0.0.77"}});
        CPPUNIT_ASSERT_EQUAL(std::string("answered 200 fine"), bed_.told(url));
        CPPUNIT_ASSERT_EQUAL(1, bed_.lookups);

        OutgoingBed rebound;
        rebound.within(milliseconds{300})
            .allow({"127.0.0.1"})
            .resolve({{"127.0.0.1"}, {"127.0.0.77"}});
        const auto secure = "https://site.example:" + std::to_string(good.port()) + "/";
        CPPUNIT_ASSERT(begins(rebound.told(secure), "unavailable: "));  // it speaks no TLS
        CPPUNIT_ASSERT_EQUAL(1, rebound.lookups);
        CPPUNIT_ASSERT_EQUAL(2, good.connections());
        CPPUNIT_ASSERT(has(rebound.told(secure), "is at 127.0.0.77, a loopback address"));
    }

    void headersCannotBeSmuggledIn() {
        TestSite site(TestSite::answering(fine));
        to(site);
        for (const Header& field : std::vector<Header>{{"X", "a\r\nHost: b"},
                                                       {"X\r\nY", "a"},
                                                       {"Host", "b"},
                                                       {"content-length", "1"},
                                                       {"Transfer-Encoding", "chunked"},
                                                       {"Connection", "close"},
                                                       {"", "a"}}) {
            CPPUNIT_ASSERT_MESSAGE(
                field.name, begins(bed_.told({"GET", urlOf(site), {field}, {}}), "bad input: "));
        }
        for (const char* method : {"get", "HEAD", "CONNECT", "GET /x HTTP/1.1\r\n", ""}) {
            CPPUNIT_ASSERT_MESSAGE(method,
                                   begins(bed_.told({method, urlOf(site), {}, {}}), "bad input: "));
        }
        CPPUNIT_ASSERT_EQUAL(0, site.connections());
    }

    void bodiesThatAreTooLargeAreCutOff() {
        TestSite site([](TestSite& at, Poco::Net::StreamSocket& socket) {
            at.readRequest(socket);
            std::string text = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
            while (!at.isStopping()) {
                socket.sendBytes(text.data(), static_cast<int>(text.size()));
                text = "1000\r\n" + std::string(4096, 'x') + "\r\n";
            }
        });
        CPPUNIT_ASSERT(has(to(site).told(urlOf(site)), "body too large"));
    }

    void answersThatEndTooEarlyAreNone() {
        for (const char* text :
             {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfine",
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nfine\r\n",
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nfine\r\n0\r\n\r\n",
              "HTTP/1.1 200", ""}) {
            TestSite site([text](TestSite& at, Poco::Net::StreamSocket& socket) {
                at.readRequest(socket);
                socket.sendBytes(text, static_cast<int>(std::string(text).size()));
            });
            OutgoingBed bed;
            bed.allow({urlOf(site)});
            const auto told = bed.told(urlOf(site));
            CPPUNIT_ASSERT_MESSAGE(text + told, begins(told, "unknown: "));
        }
    }

    void aServerThatDripsIsGivenUp() {
        TestSite site([](TestSite& at, Poco::Net::StreamSocket& socket) {
            at.readRequest(socket);
            const std::string head = "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n";
            socket.sendBytes(head.data(), static_cast<int>(head.size()));
            while (!at.isStopping() && socket.sendBytes("x", 1) == 1) {
                std::this_thread::sleep_for(milliseconds{5});
            }
        });
        const auto told = to(site).within(milliseconds{300}).told(urlOf(site));
        CPPUNIT_ASSERT_MESSAGE(told, begins(told, "unknown: ") && has(told, "too long"));
    }

    void aServerThatSaysNothingIsGivenUp() {
        TestSite site([](TestSite& at, Poco::Net::StreamSocket& socket) { at.hold(socket); });
        const auto told = to(site).within(milliseconds{200}).told(urlOf(site));
        CPPUNIT_ASSERT_MESSAGE(told, begins(told, "unknown: ") && has(told, "too long"));
    }

    void aServerThatReadsNothingIsGivenUp() {
        TestSite site([](TestSite& at, Poco::Net::StreamSocket&) {
            while (!at.isStopping()) {
                std::this_thread::sleep_for(milliseconds{20});
            }
        });
        to(site).within(milliseconds{500});
        const auto told = bed_.told({"POST", urlOf(site), {}, std::string(40'000'000, 'x')});
        CPPUNIT_ASSERT_MESSAGE(told, begins(told, "unknown: ") && has(told, "too long"));
    }

    void aServerThatFailsIsLeftAlone() {
        TestSite site(TestSite::answering("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"));
        to(site).settings.hosts.failures = 3;
        for (int i = 0; i < 3; ++i) {
            CPPUNIT_ASSERT(begins(bed_.told(urlOf(site)), "answered 503"));
        }
        CPPUNIT_ASSERT(has(bed_.told(urlOf(site)), "left alone"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, site.requests().size());
    }

    void soManyCallsToOneServer() {
        std::promise<void> arrived;
        TestSite site([&](TestSite& at, Poco::Net::StreamSocket& socket) {
            at.readRequest(socket);
            arrived.set_value();
            at.hold(socket);
        });
        to(site).settings.hosts.calls = 1;
        bed_.service();
        auto first = std::async(std::launch::async, [&] { return bed_.told(urlOf(site)); });
        arrived.get_future().wait();
        CPPUNIT_ASSERT(has(bed_.told(urlOf(site)), "under way"));
        bed_.service().stop();
        first.wait();
    }

    void stoppingEndsWhatIsUnderWay() {
        std::promise<void> arrived;
        TestSite site([&](TestSite& at, Poco::Net::StreamSocket& socket) {
            at.readRequest(socket);
            arrived.set_value();
            at.hold(socket);
        });
        to(site).within(std::chrono::hours{1}).service();
        auto call = std::async(std::launch::async, [&] { return bed_.told(urlOf(site)); });
        arrived.get_future().wait();
        bed_.service().stop();
        CPPUNIT_ASSERT(has(call.get(), "the server stops"));
    }

    void anAnswerIsRememberedAsLongAsItAllows() {
        TestSite site(TestSite::answering(
            "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nCache-Control: max-age=3600\r\n\r\nfine"));
        to(site);
        for (int i = 0; i < 5; ++i) {
            CPPUNIT_ASSERT_EQUAL(std::string("answered 200 fine"), bed_.told(urlOf(site)));
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, site.requests().size());
    }

    void noDescriptorIsLeftBehind() {
        const auto descriptors = [] {
            return std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {});
        };
        TestSite site(TestSite::answering(fine));
        const auto before = descriptors();
        {
            OutgoingBed bed;
            bed.allow({urlOf(site)});
            CPPUNIT_ASSERT_EQUAL(std::string("answered 200 fine"), bed.told(urlOf(site)));
        }
        // The site's own end stays until it has seen that ours is gone.
        for (int i = 0; i < 2000 && descriptors() > before; ++i) {
            std::this_thread::sleep_for(milliseconds{5});
        }
        CPPUNIT_ASSERT(descriptors() <= before + 1);
    }

    void callsAreCountedByPurposeAndOutcome() {
        TestSite site(TestSite::answering("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"));
        testkit::FakeMetrics metrics;
        PluginCalls http(to(site).service(), bed_.clock, metrics, "point.plugin");
        auto& calls = http.purpose("hooks");
        CPPUNIT_ASSERT(&calls == &http.purpose("hooks"));
        CPPUNIT_ASSERT(bool(calls.send(bed_.context, {"GET", urlOf(site), {}, {}})));
        CPPUNIT_ASSERT(!calls.send(bed_.context, {"GET", "https://127.0.0.1:1/", {}, {}}));
        CPPUNIT_ASSERT(!calls.send(bed_.context, {"GET", "nonsense", {}, {}}));
        const auto counted = [&](const char* outcome) {
            return static_cast<int>(metrics.value(
                "gatehouse_outgoing_calls_total",
                {{"plugin", "point.plugin"}, {"purpose", "hooks"}, {"outcome", outcome}}));
        };
        CPPUNIT_ASSERT_EQUAL(1, counted("answered"));
        CPPUNIT_ASSERT_EQUAL(2, counted("refused"));
        CPPUNIT_ASSERT_EQUAL(0, counted("unreachable") + counted("silent"));
    }

private:
    OutgoingBed& to(const TestSite& site) { return bed_.allow({urlOf(site)}); }

    OutgoingBed bed_;
};

}  // namespace gatehouse

CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::OutgoingServiceTest);
