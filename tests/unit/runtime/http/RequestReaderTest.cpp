// SPDX-License-Identifier: Apache-2.0
#include "http/RequestReader.h"

#include <cppunit/TestAssert.h>
#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include <string>
#include <vector>

namespace gatehouse {

namespace {

using State = RequestReader::State;

struct Case {
    const char* what;
    int status;
    std::string text;
};

const std::string post = "POST / HTTP/1.1\r\nHost: a\r\n";
const std::string chunked = post + "Transfer-Encoding: chunked\r\n\r\n";

std::string get(const std::string& fields) {
    return "GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
}

std::string times(const std::string& text, int count) {
    std::string all;
    for (int i = 0; i < count; ++i) {
        all += text;
    }
    return all;
}

// clang-format 14 cannot lay out these tables.
// clang-format off

/// Everything a strict server refuses (RFC 9112), with the status it must answer.
std::vector<Case> refused() {
    return {
        {"bare LF after the request line", 400, "GET / HTTP/1.1\nHost: a\r\n\r\n"},
        {"bare LF after a field", 400, "GET / HTTP/1.1\r\nHost: a\n\r\n"},
        {"bare LF at the end of the head", 400, "GET / HTTP/1.1\r\nHost: a\r\n\n"},
        {"bare CR in a field", 400, get("X: a\rY: b\r\n")},
        {"bare CR in the request line", 400, "GET /\r HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"CR CR LF", 400, "GET / HTTP/1.1\r\nHost: a\r\r\n\r\n"},
        {"two blank lines first", 400, "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"space before the colon", 400, get("X : a\r\n")},
        {"space before the colon of Content-Length", 400, post + "Content-Length : 5\r\n\r\nhello"},
        {"space before a name", 400, get(" X: a\r\n")},
        {"folded line", 400, get("X: a\r\n b\r\n")},
        {"folded line with a tab", 400, get("X: a\r\n\tb\r\n")},
        {"no colon", 400, get("nonsense\r\n")},
        {"no name", 400, get(": a\r\n")},
        {"name with a parenthesis", 400, get("X(y): a\r\n")},
        {"name that is not ASCII", 400, get("X\xC3\xA4: a\r\n")},
        {"name with NUL", 400, get(std::string("X\0: a\r\n", 7))},
        {"value with NUL", 400, get(std::string("X: a\0b\r\n", 8))},
        {"value with DEL", 400, get("X: a\x7F\r\n")},
        {"long value with BEL", 400, get("X: aaaaaaaaaaaaaaaaaaaaa\a\r\n")},
        {"control character amid eight", 400, get(std::string("X: aaaa\x1F") + times("y", 12) + "\r\n")},
        {"no Host", 400, "GET / HTTP/1.1\r\n\r\n"},
        {"two Hosts", 400, get("Host: a\r\n")},
        {"two Hosts in HTTP/1.0", 400, "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n"},
        {"empty Host", 400, "GET / HTTP/1.1\r\nHost:\r\n\r\n"},
        {"Host with a path", 400, "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"},
        {"Host with user information", 400, "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n"},
        {"Host with a space", 400, "GET / HTTP/1.1\r\nHost: a b\r\n\r\n"},
        {"Host with a bad port", 400, "GET / HTTP/1.1\r\nHost: a:8x\r\n\r\n"},
        {"Host with two values", 400, "GET / HTTP/1.1\r\nHost: a, b/c\r\n\r\n"},
        {"Host with an open bracket", 400, "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n"},
        {"Content-Length twice", 400, post + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab"},
        {"same Content-Length twice", 400,
         post + "Content-Length: 1\r\nContent-Length: 1\r\n\r\na"},
        {"Content-Length list", 400, post + "Content-Length: 1, 1\r\n\r\na"},
        {"negative Content-Length", 400, post + "Content-Length: -1\r\n\r\n"},
        {"signed Content-Length", 400, post + "Content-Length: +1\r\n\r\na"},
        {"empty Content-Length", 400, post + "Content-Length:\r\n\r\n"},
        {"hexadecimal Content-Length", 400, post + "Content-Length: 0x1\r\n\r\na"},
        {"Content-Length with a unit", 400, post + "Content-Length: 1k\r\n\r\na"},
        {"Content-Length with a blank inside", 400, post + "Content-Length: 1 1\r\n\r\na"},
        {"Content-Length and Transfer-Encoding", 400,
         post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
        {"Transfer-Encoding and Content-Length", 400,
         post + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"},
        {"Transfer-Encoding in HTTP/1.0", 400,
         "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
        {"Transfer-Encoding identity", 501, post + "Transfer-Encoding: identity\r\n\r\n"},
        {"Transfer-Encoding gzip, chunked", 501, post + "Transfer-Encoding: gzip, chunked\r\n\r\n"},
        {"Transfer-Encoding chunked, identity", 501,
         post + "Transfer-Encoding: chunked, identity\r\n\r\n"},
        {"Transfer-Encoding xchunked", 501, post + "Transfer-Encoding: xchunked\r\n\r\n"},
        {"Transfer-Encoding twice", 501,
         post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"},
        {"Transfer-Encoding empty", 501, post + "Transfer-Encoding:\r\n\r\n"},
        {"chunk size that is no number", 400, chunked + "x\r\n"},
        {"empty chunk size", 400, chunked + "\r\n"},
        {"negative chunk size", 400, chunked + "-1\r\n"},
        {"chunk size with 0x", 400, chunked + "0x1\r\na\r\n0\r\n\r\n"},
        {"chunk size with a blank", 400, chunked + "1 \r\na\r\n0\r\n\r\n"},
        {"chunk size that overflows", 400, chunked + "10000000000000001\r\n"},
        {"chunk size with bare LF", 400, chunked + "1\na\r\n0\r\n\r\n"},
        {"chunk data without CR LF", 400, chunked + "1\r\nab0\r\n\r\n"},
        {"chunk data with bare LF", 400, chunked + "1\r\na\n0\r\n\r\n"},
        {"chunk longer than its size", 400, chunked + "1\r\nabc\r\n0\r\n\r\n"},
        {"NUL in a chunk extension", 400, chunked + std::string("1;\0\r\na\r\n", 8)},
        {"long chunk extension", 400, chunked + "1;" + times("x", 2000) + "\r\na\r\n0\r\n\r\n"},
        {"many chunk extensions", 400, chunked + times("1;" + times("x", 900) + "\r\na\r\n", 5)},
        {"trailer without colon", 400, chunked + "0\r\nnonsense\r\n\r\n"},
        {"HTTP/2.0", 505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
        {"HTTP/0.9", 505, "GET / HTTP/0.9\r\nHost: a\r\n\r\n"},
        {"no version", 400, "GET /\r\nHost: a\r\n\r\n"},
        {"http/1.1 in lower case", 400, "GET / http/1.1\r\nHost: a\r\n\r\n"},
        {"HTTP/1.10", 400, "GET / HTTP/1.10\r\nHost: a\r\n\r\n"},
        {"two spaces after the method", 400, "GET  / HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"four words", 400, "GET / x HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"no target", 400, "GET  HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"tab for space", 400, "GET\t/\tHTTP/1.1\r\nHost: a\r\n\r\n"},
        {"method that is no token", 400, "G@T / HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"endless method", 400, times("G", 100) + " / HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"target with a fragment", 400, "GET /#a HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"target that is not ASCII", 400, "GET /\xC3\xA4 HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"target with NUL", 400, std::string("GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n", 28)},
        {"target without slash", 400, "GET a HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"asterisk-form", 400, "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"authority-form", 400, "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"absolute-form of another scheme", 400, "GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"http without a target behind it", 400, "GET http HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"https without a target behind it", 400, "GET https HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"http with one slash", 400, "GET http:/a HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"absolute-form without host", 400, "GET http:///x HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"absolute-form with user", 400, "GET http://u:p@a/x HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"gzip body", 415, post + "Content-Encoding: gzip\r\nContent-Length: 1\r\n\r\na"},
        {"chunked gzip body", 415, post + "Content-Encoding: GZIP\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
        {"two Authorizations", 400, get("Authorization: Bearer a\r\nAuthorization: Bearer b\r\n")},
        {"two Content-Types", 400, get("Content-Type: a/b\r\ncontent-type: c/d\r\n")},
        {"other expectation", 417, post + "Expect: the-unexpected\r\n\r\n"},
        {"long target", 414, "GET /" + times("x", 33000) + " HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"request line without end", 414, times("x", 33000)},
        {"large head", 431, get(times("X: " + times("y", 4000) + "\r\n", 9))},
        {"one large field", 431, get("X: " + times("y", 40'000) + "\r\n")},
        {"field without end", 431, "GET / HTTP/1.1\r\n" + times("y", 40'000)},
        {"many fields", 431, get(times("X: y\r\n", 101))},
        {"many fields with the Host of the target", 431,
         "GET http://b/x HTTP/1.0\r\n" + times("X: y\r\n", 100) + "\r\n"},
        {"large trailers", 431, chunked + "0\r\n" + times("X: " + times("y", 4000) + "\r\n", 9)},
        {"many trailers", 431, chunked + "0\r\n" + times("X: y\r\n", 101) + "\r\n"},
        {"large body", 413, post + "Content-Length: 65537\r\n\r\n"},
        {"body larger than any number", 413,
         post + "Content-Length: 99999999999999999999999999999999\r\n\r\n"},
        {"body of 2^64 + 1", 413, post + "Content-Length: 18446744073709551617\r\n\r\na"},
        {"large chunk", 413, chunked + "10001\r\n"},
        {"chunks too large together", 413,
         chunked + "10000\r\n" + times("x", 65'536) + "\r\n1\r\na\r\n"},
    };
}

struct Accepted {
    const char* what;
    std::string text;
    std::string method;
    std::string path;
    std::string query;
    std::string host;
    std::string body;
    bool keepsAlive;
};

std::vector<Accepted> accepted() {
    return {
        {"plain", "GET /x HTTP/1.1\r\nHost: a\r\n\r\n", "GET", "/x", "", "a", "", true},
        {"a blank line first", "\r\nGET /x HTTP/1.1\r\nHost: a\r\n\r\n", "GET", "/x", "", "a", "",
         true},
        {"query", "GET /x?a=1?&b={%22} HTTP/1.1\r\nHost: a\r\n\r\n", "GET", "/x", "a=1?&b={%22}",
         "a", "", true},
        {"empty query", "GET /x? HTTP/1.1\r\nHost: a\r\n\r\n", "GET", "/x", "", "a", "", true},
        {"two slashes", "GET //x HTTP/1.1\r\nHost: a\r\n\r\n", "GET", "//x", "", "a", "", true},
        {"IPv6 host", "GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", "GET", "/", "", "[::1]:80", "",
         true},
        {"absolute-form", "GET http://b:8080/x?y HTTP/1.1\r\nHost: a\r\n\r\n", "GET", "/x", "y",
         "b:8080", "", true},
        {"absolute-form without path", "GET HTTPS://b HTTP/1.1\r\nHost: a\r\n\r\n", "GET", "/", "",
         "b", "", true},
        {"absolute-form, query only", "GET http://b?q HTTP/1.1\r\nHost: a\r\n\r\n", "GET", "/", "q",
         "b", "", true},
        {"absolute-form in HTTP/1.0", "GET http://b/x HTTP/1.0\r\n\r\n", "GET", "/x", "", "b", "",
         false},
        {"HTTP/1.2", "GET /x HTTP/1.2\r\nHost: a\r\n\r\n", "GET", "/x", "", "a", "", true},
        {"encoding of no body", get("Content-Encoding: gzip\r\n"), "GET", "/", "", "a", "", true},
        {"identity body", post + "Content-Encoding: Identity\r\nContent-Length: 1\r\n\r\na", "POST", "/", "", "a",
         "a", true},
        {"close", get("Connection: foo, Close\r\n"), "GET", "/", "", "a", "", false},
        {"HTTP/1.0", "GET / HTTP/1.0\r\n\r\n", "GET", "/", "", "", "", false},
        {"HTTP/1.0 kept", "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", "GET", "/", "", "",
         "", true},
        {"both", get("Connection: keep-alive\r\nConnection: close\r\n"), "GET", "/", "", "a", "",
         false},
        {"body", post + "Content-Length: 5\r\n\r\nhello", "POST", "/", "", "a", "hello", true},
        {"body with leading zeros", post + "Content-Length: 0005\r\n\r\nhello", "POST", "/", "",
         "a", "hello", true},
        {"no body", post + "Content-Length: 0\r\n\r\n", "POST", "/", "", "a", "", true},
        {"body of a GET", get("Content-Length: 2\r\n") + "hi", "GET", "/", "", "a", "hi", true},
        {"chunks", chunked + "5\r\nhello\r\nA;x=y\r\n, world123\r\n0\r\n\r\n", "POST", "/", "", "a",
         "hello, world123", true},
        {"Chunked in capitals", post + "Transfer-Encoding: CHUNKED\r\n\r\n0\r\n\r\n", "POST", "/",
         "", "a", "", true},
        {"chunks with trailers", chunked + "1\r\n\n\r\n00\r\nX: y\r\nHost: evil\r\n\r\n", "POST",
         "/", "", "a", "\n", true},
        {"expectation", post + "Expect: 100-Continue\r\nContent-Length: 1\r\n\r\na", "POST", "/",
         "", "a", "a", true},
        {"largest body", post + "Content-Length: 65536\r\n\r\n" + times("x", 65'536), "POST", "/",
         "", "a", times("x", 65'536), true},
        {"ninety-nine fields and the Host of the target",
         "GET http://b/x HTTP/1.0\r\n" + times("X: y\r\n", 99) + "\r\n", "GET", "/x", "", "b", "",
         false},
        {"hundred fields", get(times("X: y\r\n", 99)), "GET", "/", "", "a", "", true},
    };
}

// clang-format on

std::size_t feedInPortions(RequestReader& reader, const std::string& text, std::size_t portion) {
    std::size_t used = 0;
    while (used < text.size() && reader.state() == State::more) {
        used += reader.feed(std::string_view(text).substr(used, portion));
    }
    return used;
}

std::string describe(RequestReader& reader) {
    if (reader.state() == State::refused) {
        return std::to_string(reader.refusal().status) + " " + reader.refusal().reason;
    }
    if (reader.state() == State::more) {
        return "more";
    }
    const bool keepsAlive = reader.keepsAlive();
    const auto request = reader.take();
    std::string text = request.method + " " + request.path + "?" + request.query;
    for (const auto& field : request.headers) {
        text += "|" + field.name + "=" + field.value;
    }
    return text + "|" + request.body + (keepsAlive ? "|kept" : "|closed");
}

}  // namespace

class RequestReaderTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RequestReaderTest);
    CPPUNIT_TEST(whatIsMalformedIsRefusedWithItsStatus);
    CPPUNIT_TEST(whatIsWellFormedIsRead);
    CPPUNIT_TEST(theOutcomeDoesNotDependOnHowTheBytesAreCut);
    CPPUNIT_TEST(namesAreLowerCaseAndValuesTrimmed);
    CPPUNIT_TEST(aBodyIsNeverReadAsTheNextRequest);
    CPPUNIT_TEST(smuggledRequestsAreNotSeen);
    CPPUNIT_TEST(nothingIsTakenAfterAWholeRequest);
    CPPUNIT_TEST(continueIsAskedForOnceAndOnlyWhenTheBodyIsAwaited);
    CPPUNIT_TEST(limitsMayBeSmall);
    CPPUNIT_TEST_SUITE_END();

public:
    void whatIsMalformedIsRefusedWithItsStatus() {
        for (const auto& each : refused()) {
            RequestReader reader(limits_);
            reader.feed(each.text);
            CPPUNIT_ASSERT_MESSAGE(each.what, reader.state() == State::refused);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(each.what, each.status, reader.refusal().status);
        }
    }

    void whatIsWellFormedIsRead() {
        for (const auto& each : accepted()) {
            RequestReader reader(limits_);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(each.what, each.text.size(), reader.feed(each.text));
            CPPUNIT_ASSERT_MESSAGE(each.what, reader.state() == State::ready);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(each.what, each.keepsAlive, reader.keepsAlive());
            const auto request = reader.take();
            CPPUNIT_ASSERT_EQUAL_MESSAGE(each.what, each.method, request.method);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(each.what, each.path, request.path);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(each.what, each.query, request.query);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(each.what, each.host, std::string(request.header("host")));
            CPPUNIT_ASSERT_MESSAGE(each.what, each.body == request.body);
        }
    }

    void theOutcomeDoesNotDependOnHowTheBytesAreCut() {
        std::vector<Case> all = refused();
        for (const auto& each : accepted()) {
            all.push_back({each.what, 0, each.text});
        }
        for (const auto& each : all) {
            RequestReader whole(limits_);
            whole.feed(each.text);
            const std::string expected = describe(whole);
            for (const std::size_t portion : {1U, 2U, 3U, 7U, 1000U}) {
                RequestReader cut(limits_);
                feedInPortions(cut, each.text, portion);
                CPPUNIT_ASSERT_EQUAL_MESSAGE(each.what, expected, describe(cut));
            }
        }
    }

    void namesAreLowerCaseAndValuesTrimmed() {
        RequestReader reader(limits_);
        reader.feed(get("X-MiXeD-9:\t a  b\t \r\nEmpty:   \r\nObs: \xE4\r\n"));
        const auto request = reader.take();
        CPPUNIT_ASSERT_EQUAL(std::string("x-mixed-9"), request.headers.at(1).name);
        CPPUNIT_ASSERT_EQUAL(std::string("a  b"), request.headers.at(1).value);
        CPPUNIT_ASSERT_EQUAL(std::string(), request.headers.at(2).value);
        CPPUNIT_ASSERT_EQUAL(std::string("\xE4"), request.headers.at(3).value);
    }

    void aBodyIsNeverReadAsTheNextRequest() {
        const std::string inner = "GET /admin HTTP/1.1\r\nHost: a\r\n\r\n";
        const std::string next = "GET /next HTTP/1.1\r\nHost: a\r\n\r\n";
        const std::string text =
            post + "Content-Length: " + std::to_string(inner.size()) + "\r\n\r\n" + inner + next;
        RequestReader reader(limits_);
        const std::size_t used = reader.feed(text);
        CPPUNIT_ASSERT_EQUAL(text.size() - next.size(), used);
        CPPUNIT_ASSERT_EQUAL(inner, reader.take().body);
        reader.feed(std::string_view(text).substr(used));
        CPPUNIT_ASSERT_EQUAL(std::string("/next"), reader.take().path);
    }

    /// Classic request smuggling: a proxy in front sees one request, we must not see two.
    void smuggledRequestsAreNotSeen() {
        const std::string hidden = "GET /admin HTTP/1.1\r\nHost: a\r\n\r\n";
        const std::vector<std::string> heads = {
            post + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n",
            post + "Transfer-Encoding: \x0B"
                   "chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
            post + "Transfer-Encoding : chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
            post + "X: y\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
            post + "Content-Length: 0\r\nContent-Length: 5\r\n\r\n",
            post + "Content-Length: 0, 5\r\n\r\n",
            chunked + "0;\nGET /x\r\n\r\n",
            chunked + "5 \r\nhello\r\n0\r\n\r\n",
        };
        for (const auto& head : heads) {
            RequestReader reader(limits_);
            reader.feed(head + hidden);
            CPPUNIT_ASSERT_MESSAGE(head, reader.state() == State::refused);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(head, std::size_t{0}, reader.feed(hidden));
        }
    }

    void nothingIsTakenAfterAWholeRequest() {
        RequestReader reader(limits_);
        const std::string one = get("");
        CPPUNIT_ASSERT_EQUAL(one.size(), reader.feed(one + one));
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, reader.feed(one));
        CPPUNIT_ASSERT(reader.hasBegun());
        reader.take();
        CPPUNIT_ASSERT(!reader.hasBegun());
    }

    void continueIsAskedForOnceAndOnlyWhenTheBodyIsAwaited() {
        const std::string head = post + "Content-Length: 2\r\nExpect: 100-continue\r\n\r\n";
        RequestReader waiting(limits_);
        waiting.feed(head);
        CPPUNIT_ASSERT(waiting.takeContinue());
        CPPUNIT_ASSERT(!waiting.takeContinue());

        RequestReader sending(limits_);
        sending.feed(head + "a");
        CPPUNIT_ASSERT(!sending.takeContinue());

        RequestReader bodiless(limits_);
        bodiless.feed(get("Expect: 100-continue\r\n"));
        CPPUNIT_ASSERT(bodiless.state() == State::ready);
        CPPUNIT_ASSERT(!bodiless.takeContinue());

        RequestReader old(limits_);
        old.feed("POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
        CPPUNIT_ASSERT(!old.takeContinue());
    }

    void limitsMayBeSmall() {
        RequestLimits small;
        small.headBytes = 40;
        RequestReader reader(small);
        reader.feed("\r\nGET /123456789012345678901234567890 HTTP/1.1\r\n");
        CPPUNIT_ASSERT_EQUAL(414, reader.refusal().status);
        RequestReader other(small);
        other.feed("GET / HTTP/1.1\r\nHost: 1234567890123456789012\r\n");
        CPPUNIT_ASSERT_EQUAL(431, other.refusal().status);
    }

private:
    RequestLimits limits_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(RequestReaderTest);

}  // namespace gatehouse
