// SPDX-License-Identifier: Apache-2.0
#include "outgoing/AnswerReader.h"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class AnswerReaderTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AnswerReaderTest);
    CPPUNIT_TEST(bodiesEndWhereTheirFramingSays);
    CPPUNIT_TEST(aConnectionIsKeptOnlyWhenItIsAtAnEnd);
    CPPUNIT_TEST(interimAnswersArePassedOver);
    CPPUNIT_TEST(whatIsAmbiguousIsRefused);
    CPPUNIT_TEST(whatEndsTooEarlyIsRefused);
    CPPUNIT_TEST(whatIsTooLargeIsRefused);
    CPPUNIT_TEST_SUITE_END();

public:
    void bodiesEndWhereTheirFramingSays() {
        CPPUNIT_ASSERT_EQUAL(std::string("200 abc"),
                             told("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc"));
        CPPUNIT_ASSERT_EQUAL(std::string("200 abcdef"),
                             told("HTTP/1.1 200\r\nTransfer-Encoding: chunked\r\n\r\n"
                                  "3\r\nabc\r\n3;x=y\r\ndef\r\n0\r\nT: u\r\n\r\n"));
        CPPUNIT_ASSERT_EQUAL(std::string("404 until the end"),
                             told("HTTP/1.0 404 Not Found\r\n\r\nuntil the end"));
        CPPUNIT_ASSERT_EQUAL(std::string("204 "), told("HTTP/1.1 204 No Content\r\n\r\n"));
        CPPUNIT_ASSERT_EQUAL(std::string("304 "),
                             told("HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n"));
    }

    void aConnectionIsKeptOnlyWhenItIsAtAnEnd() {
        CPPUNIT_ASSERT(keepsAlive("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na"));
        CPPUNIT_ASSERT(!keepsAlive("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nab"));
        CPPUNIT_ASSERT(!keepsAlive("HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\na"));
        CPPUNIT_ASSERT(!keepsAlive("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n"
                                   "Connection: x, Close\r\n\r\na"));
        CPPUNIT_ASSERT(!keepsAlive("HTTP/1.1 200 OK\r\n\r\na"));
    }

    void interimAnswersArePassedOver() {
        CPPUNIT_ASSERT_EQUAL(std::string("200 a"),
                             told("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nLink: x\r\n"
                                  "\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na"));
        std::string endless;
        for (int i = 0; i < 2000; ++i) {
            endless += "HTTP/1.1 100 Continue\r\n\r\n";
        }
        CPPUNIT_ASSERT_EQUAL(std::string("head too large"), told(endless));
    }

    void whatIsAmbiguousIsRefused() {
        for (const char* head :
             {"Content-Length: 1\r\nContent-Length: 1", "Content-Length: 1, 1",
              "Content-Length: +1", "Content-Length: -1", "Content-Length: 0x1",
              "Content-Length:", "Content-Length: 99999999999999999999", "Content-Length : 1",
              " X: folded", "Transfer-Encoding: chunked\r\nContent-Length: 1",
              "Transfer-Encoding: gzip, chunked", "Transfer-Encoding: identity",
              "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", "no colon",
              "X: a\x01"
              "b"}) {
            const auto text = std::string("HTTP/1.1 200 OK\r\n") + head + "\r\n\r\na";
            CPPUNIT_ASSERT_MESSAGE(head, told(text).rfind("200", 0) != 0);
        }
        for (const char* status :
             {"HTTP/2 200 OK", "HTTP/1.1 20 OK", "HTTP/1.1 2000 OK", "HTTP/1.1  200 OK",
              "http/1.1 200 OK", "ICY 200 OK", "HTTP/1.1 -12 OK", "", "HTTP/1.1 101 Switching",
              "HTTP/1.1 600 OK"}) {
            CPPUNIT_ASSERT_MESSAGE(
                status, told(std::string(status) + "\r\nContent-Length: 1\r\n\r\na")[0] != '2');
        }
        CPPUNIT_ASSERT_EQUAL(std::string("malformed line"), told("HTTP/1.1 200 OK\n\n"));
    }

    void whatEndsTooEarlyIsRefused() {
        for (const char* text :
             {"", "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab",
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n"}) {
            CPPUNIT_ASSERT_EQUAL_MESSAGE(
                text, std::string("the connection was closed before the answer was whole"),
                told(text));
        }
        for (const char* chunks : {"3\r\nabcd\r\n0\r\n\r\n", "g\r\n", "\r\n", "-1\r\n", "3 \r\nabc",
                                   "3\nabc\n0\n\n", "fffffffffffffffff\r\na"}) {
            const auto text =
                std::string("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n") + chunks;
            CPPUNIT_ASSERT_MESSAGE(chunks, told(text).rfind("200", 0) != 0);
        }
    }

    void whatIsTooLargeIsRefused() {
        const std::string body(101, 'a');
        for (const auto& text :
             {"HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n" + body,
              "HTTP/1.1 200 OK\r\n\r\n" + body,
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n65\r\n" + body}) {
            CPPUNIT_ASSERT_EQUAL(std::string("body too large"), told(text));
        }
        CPPUNIT_ASSERT_EQUAL(std::string("head too large"),
                             told("HTTP/1.1 200 OK\r\nX: " + std::string(40'000, 'a')));
    }

private:
    /// As a whole and byte by byte.
    static std::string told(const std::string& text) {
        const auto whole = read(text, text.size() + 1);
        CPPUNIT_ASSERT_EQUAL(whole, read(text, 1));
        return whole;
    }
    static std::string read(const std::string& text, std::size_t step) {
        AnswerReader reader(100);
        for (std::size_t i = 0; i < text.size(); i += step) {
            reader.feed(std::string_view(text).substr(i, step));
        }
        reader.end();
        if (!reader.problem().empty()) {
            return reader.problem();
        }
        const auto answer = reader.take();
        return std::to_string(answer.status) + " " + answer.body;
    }
    static bool keepsAlive(const char* text) {
        AnswerReader reader(100);
        reader.feed(text);
        const bool keeps = reader.keepsAlive();
        reader.end();
        CPPUNIT_ASSERT_EQUAL(std::string(), reader.problem());
        return keeps;
    }
};

}  // namespace gatehouse

CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::AnswerReaderTest);
