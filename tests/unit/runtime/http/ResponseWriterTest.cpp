// SPDX-License-Identifier: Apache-2.0
#include "http/ResponseWriter.h"

#include <cppunit/TestAssert.h>
#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include <string>

namespace gatehouse {

class ResponseWriterTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ResponseWriterTest);
    CPPUNIT_TEST(anAnswerIsWrittenWhole);
    CPPUNIT_TEST(whatTheListenerSaysIsSaidOnce);
    CPPUNIT_TEST(noBodyWhereThereMustBeNone);
    CPPUNIT_TEST(theConnectionIsAnnouncedWhenItMustBe);
    CPPUNIT_TEST(splitResponsesAreNotWritable);
    CPPUNIT_TEST(theDateFollowsTheClock);
    CPPUNIT_TEST_SUITE_END();

public:
    void anAnswerIsWrittenWhole() {
        HttpResponse response;
        response.set("Content-Type", "text/plain");
        response.body = "hello";
        CPPUNIT_ASSERT_EQUAL(std::string("HTTP/1.1 200 OK\r\n"
                                         "Date: Thu, 01 Jan 2026 00:00:00 GMT\r\n"
                                         "Content-Type: text/plain\r\n"
                                         "Content-Length: 5\r\n"
                                         "X-Request-Id: id-1\r\n"
                                         "X-Content-Type-Options: nosniff\r\n"
                                         "\r\n"
                                         "hello"),
                             written(response, kept()));
    }

    void whatTheListenerSaysIsSaidOnce() {
        HttpResponse response;
        for (const char* name : {"content-length", "Transfer-Encoding", "CONNECTION", "Date",
                                 "X-Request-Id", "Keep-Alive", "x-content-type-options"}) {
            response.set(name, "chunked");
        }
        const std::string text = written(response, kept());
        CPPUNIT_ASSERT_EQUAL(std::string::npos, text.find("chunked"));
        CPPUNIT_ASSERT(text.find("Content-Length: 0\r\n") != std::string::npos);
    }

    void noBodyWhereThereMustBeNone() {
        HttpResponse response;
        response.body = "hello";
        AnswerFrame head = kept();
        head.isHead = true;
        const std::string toHead = written(response, head);
        CPPUNIT_ASSERT(toHead.find("Content-Length: 5\r\n") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::string::npos, toHead.find("hello"));
        for (const int status : {204, 304}) {
            response.status = status;
            const std::string text = written(response, kept());
            CPPUNIT_ASSERT_EQUAL(std::string::npos, text.find("hello"));
            CPPUNIT_ASSERT_EQUAL(std::string::npos, text.find("Content-Length"));
        }
    }

    void theConnectionIsAnnouncedWhenItMustBe() {
        AnswerFrame frame = kept();
        frame.isOld = true;
        CPPUNIT_ASSERT(written({}, frame).find("Connection: keep-alive\r\n") != std::string::npos);
        frame.keepsAlive = false;
        CPPUNIT_ASSERT(written({}, frame).find("Connection: close\r\n") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::string::npos, written({}, kept()).find("Connection"));
    }

    void splitResponsesAreNotWritable() {
        CPPUNIT_ASSERT(isWritable(with("Location", "https://a/?b=c")));
        CPPUNIT_ASSERT(!isWritable(with("Location", "/\r\nSet-Cookie: a=b")));
        CPPUNIT_ASSERT(!isWritable(with("Location", "/\nSet-Cookie: a=b")));
        CPPUNIT_ASSERT(!isWritable(with("Location", std::string("/\0", 2))));
        CPPUNIT_ASSERT(!isWritable(with("Loc\r\nation", "/")));
        CPPUNIT_ASSERT(!isWritable(with("Loc ation", "/")));
        CPPUNIT_ASSERT(!isWritable(with("", "/")));
        HttpResponse informational;
        informational.status = 101;
        CPPUNIT_ASSERT(!isWritable(informational));
    }

    void theDateFollowsTheClock() {
        AnswerFrame frame = kept();
        written({}, frame);
        frame.now += seconds{61};
        CPPUNIT_ASSERT(written({}, frame).find("Date: Thu, 01 Jan 2026 00:01:01 GMT\r\n") !=
                       std::string::npos);
    }

private:
    static AnswerFrame kept() {
        AnswerFrame frame;
        frame.requestId = "id-1";
        frame.now = fromSeconds(1767225600);
        frame.keepsAlive = true;
        return frame;
    }
    static std::string written(const HttpResponse& response, const AnswerFrame& frame) {
        std::string out;
        appendAnswer(out, response, frame);
        return out;
    }
    static HttpResponse with(const std::string& name, const std::string& value) {
        HttpResponse response;
        response.set(name, value);
        return response;
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ResponseWriterTest);

}  // namespace gatehouse
