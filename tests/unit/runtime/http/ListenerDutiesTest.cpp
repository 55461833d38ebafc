// SPDX-License-Identifier: Apache-2.0
#include "HttpClient.h"
#include "ListenerBed.h"

#include <cppunit/TestAssert.h>
#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include <string>

namespace gatehouse {

namespace {

std::string post(const std::string& path) {
    return "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n";
}

}  // namespace

/// What is done for every request around its handler.
class ListenerDutiesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ListenerDutiesTest);
    CPPUNIT_TEST(unknownPathsAndMethodsAreRefused);
    CPPUNIT_TEST(anyOriginIsAllowedOnlyWhereTheRouteSaysSo);
    CPPUNIT_TEST(anyHeaderFieldMayBeSentThere);
    CPPUNIT_TEST(refusalsCanBeReadByScriptsToo);
    CPPUNIT_TEST(aHandlerThatThrowsIsAServerErrorAndLoggedOnce);
    CPPUNIT_TEST(whatIsRefusedUnreadIsLoggedWithTheIdItsClientGot);
    CPPUNIT_TEST(aSplitResponseIsNeverWritten);
    CPPUNIT_TEST(onlyTrustedProxiesSpeakForTheirClients);
    CPPUNIT_TEST(theAccessLogShowsNeitherQueryNorHandles);
    CPPUNIT_TEST(requestsAreCountedByRoute);
    CPPUNIT_TEST_SUITE_END();

public:
    void unknownPathsAndMethodsAreRefused() {
        ListenerBed bed;
        HttpClient client(bed.port());
        const auto unknown = client.ask(get("/nowhere"));
        CPPUNIT_ASSERT_EQUAL(404, unknown.status);
        CPPUNIT_ASSERT_EQUAL(std::string("{\"error\":\"not_found\"}"), unknown.body);
        const auto wrong = client.ask(post("/who"));
        CPPUNIT_ASSERT_EQUAL(405, wrong.status);
        CPPUNIT_ASSERT_EQUAL(std::string("GET, HEAD"), wrong.field("Allow"));
    }

    void anyOriginIsAllowedOnlyWhereTheRouteSaysSo() {
        ListenerBed bed;
        HttpClient client(bed.port());
        const auto preflight = client.ask("OPTIONS /open HTTP/1.1\r\nHost: a\r\n\r\n");
        CPPUNIT_ASSERT_EQUAL(204, preflight.status);
        CPPUNIT_ASSERT_EQUAL(std::string("*"), preflight.field("Access-Control-Allow-Origin"));
        CPPUNIT_ASSERT_EQUAL(std::string("POST, OPTIONS"),
                             preflight.field("Access-Control-Allow-Methods"));
        CPPUNIT_ASSERT_EQUAL(std::string("*"),
                             client.ask(post("/open")).field("Access-Control-Allow-Origin"));
        CPPUNIT_ASSERT_EQUAL(std::string(),
                             client.ask(get("/loop")).field("Access-Control-Allow-Origin"));
        CPPUNIT_ASSERT_EQUAL(405, client.ask("OPTIONS /loop HTTP/1.1\r\nHost: a\r\n\r\n").status);
    }

    void anyHeaderFieldMayBeSentThere() {
        ListenerBed bed;
        HttpClient client(bed.port());
        const auto answer = client.ask("OPTIONS /open HTTP/1.1\r\nHost: a\r\n"
                                       "Access-Control-Request-Headers: mcp-protocol-version,"
                                       "x-requested-with, b(a)d, traceparent\r\n\r\n");
        CPPUNIT_ASSERT_EQUAL(std::string("Authorization, Content-Type, DPoP, mcp-protocol-version, "
                                         "x-requested-with, traceparent"),
                             answer.field("Access-Control-Allow-Headers"));
        CPPUNIT_ASSERT_EQUAL(std::string("Access-Control-Request-Headers"), answer.field("Vary"));
    }

    void refusalsCanBeReadByScriptsToo() {
        ListenerBed bed;
        const auto origin = [&bed](const std::string& request, int status) {
            HttpClient client(bed.port());
            const auto answer = client.ask(request);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(request, status, answer.status);
            return answer.field("Access-Control-Allow-Origin");
        };
        const std::string any = "*";
        const std::string large = " HTTP/1.1\r\nHost: a\r\nContent-Length: 99999\r\n\r\n";
        CPPUNIT_ASSERT_EQUAL(any, origin(get("/nowhere"), 404));
        CPPUNIT_ASSERT_EQUAL(any, origin(get("/open"), 405));
        CPPUNIT_ASSERT_EQUAL(any, origin("POST /open" + large, 413));
        CPPUNIT_ASSERT_EQUAL(any, origin("POST /open HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n"
                                         "Content-Encoding: gzip\r\n\r\n",
                                         415));
        CPPUNIT_ASSERT_EQUAL(std::string(), origin(post("/who"), 405));
        CPPUNIT_ASSERT_EQUAL(std::string(), origin("POST /loop" + large, 413));
    }

    void aHandlerThatThrowsIsAServerErrorAndLoggedOnce() {
        ListenerBed bed;
        HttpClient client(bed.port());
        const auto answer = client.ask(get("/throws"));
        CPPUNIT_ASSERT_EQUAL(500, answer.status);
        CPPUNIT_ASSERT_EQUAL(std::string("{\"error\":\"server_error\"}"), answer.body);
        int errors = 0;
        for (const auto& line : bed.log.lines()) {
            errors += line.level == Level::error ? 1 : 0;
        }
        CPPUNIT_ASSERT_EQUAL(1, errors);
        CPPUNIT_ASSERT(bed.log.says("the secret inside"));
        CPPUNIT_ASSERT_EQUAL(std::string("loop"), client.ask(get("/loop")).body);
    }

    void whatIsRefusedUnreadIsLoggedWithTheIdItsClientGot() {
        ListenerBed bed;
        HttpClient client(bed.port());
        const auto answer = client.ask("GET /loop HTTP/9.9\r\nHost: a\r\n\r\n");
        CPPUNIT_ASSERT_EQUAL(505, answer.status);
        std::string logged;
        for (const auto& line : bed.log.lines()) {
            if (line.message.find("request refused") == 0) {
                logged = line.requestId;
            }
        }
        CPPUNIT_ASSERT(!logged.empty());
        CPPUNIT_ASSERT_EQUAL(answer.field("X-Request-Id"), logged);
    }

    void aSplitResponseIsNeverWritten() {
        ListenerBed bed;
        HttpClient client(bed.port());
        const auto answer = client.ask(get("/splits", "Connection: close\r\n"));
        CPPUNIT_ASSERT_EQUAL(500, answer.status);
        CPPUNIT_ASSERT_EQUAL(std::string::npos, answer.head.find("evil"));
        CPPUNIT_ASSERT(client.isClosed());
    }

    void onlyTrustedProxiesSpeakForTheirClients() {
        const std::string trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        const std::string fields = "X-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Proto: https\r\n"
                                   "X-Request-Id: from-proxy\r\ntraceparent: " +
                                   trace + "\r\n";
        ListenerBed trusting(
            [](ListenerSettings& settings) { settings.trustedProxies = {"127.0.0.0/8"}; });
        const auto answer = HttpClient(trusting.port()).ask(get("/who", fields));
        CPPUNIT_ASSERT_EQUAL("192.0.2.7|secure|from-proxy|" + trace + "|https://id.example.org",
                             answer.body);
        CPPUNIT_ASSERT_EQUAL(std::string("from-proxy"), answer.field("X-Request-Id"));

        ListenerBed wary;
        const auto other = HttpClient(wary.port()).ask(get("/who", fields));
        CPPUNIT_ASSERT_EQUAL("127.0.0.1|plain|" + other.field("X-Request-Id") + "|" + trace +
                                 "|https://id.example.org",
                             other.body);
        CPPUNIT_ASSERT_EQUAL(std::size_t{16}, other.field("X-Request-Id").size());
    }

    void theAccessLogShowsNeitherQueryNorHandles() {
        ListenerBed bed;
        HttpClient client(bed.port());
        const auto answer = client.ask(get("/worker/handle?code=secret"));
        client.ask(get("/loop?code=secret"));
        const auto lines = bed.requests();
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, lines.size());
        const auto& fields = lines.at(0).fields;
        CPPUNIT_ASSERT_EQUAL(std::string("GET"), std::string(fields.text("method")));
        CPPUNIT_ASSERT_EQUAL(std::string("/worker/{x}"), std::string(fields.text("route")));
        CPPUNIT_ASSERT_EQUAL(std::string("/worker/{x}"), std::string(fields.text("path")));
        CPPUNIT_ASSERT_EQUAL(std::string("127.0.0.1"), std::string(fields.text("client")));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{200}, *fields.find("status")->integer());
        CPPUNIT_ASSERT(*fields.find("bytes")->integer() > 100);
        CPPUNIT_ASSERT(*fields.find("duration_us")->integer() >= 0);
        CPPUNIT_ASSERT_EQUAL(answer.field("X-Request-Id"), lines.at(0).requestId);
        CPPUNIT_ASSERT_EQUAL(std::string("/loop"), std::string(lines.at(1).fields.text("path")));
    }

    void requestsAreCountedByRoute() {
        ListenerBed bed;
        HttpClient client(bed.port());
        client.ask(get("/worker/1"));
        client.ask(get("/worker/2"));
        client.ask(get("/random-1"));
        const char* total = "gatehouse_http_requests_total";
        CPPUNIT_ASSERT_EQUAL(
            2.0, bed.metrics.value(
                     total, {{"route", "/worker/{x}"}, {"method", "GET"}, {"status", "2xx"}}));
        CPPUNIT_ASSERT_EQUAL(
            1.0,
            bed.metrics.value(total, {{"route", "none"}, {"method", "any"}, {"status", "4xx"}}));
        CPPUNIT_ASSERT_EQUAL(
            2.0, bed.metrics.value("gatehouse_http_request_seconds", {{"route", "/worker/{x}"}}));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ListenerDutiesTest);

}  // namespace gatehouse
