// SPDX-License-Identifier: Apache-2.0
#include "jose/KeySetFetcher.h"

#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include <cppunit/extensions/HelperMacros.h>

#include <string>
#include <vector>

namespace gatehouse {

class KeySetFetcherTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(KeySetFetcherTest);
    CPPUNIT_TEST(itsLifeIsWhatTheServerSaysWithinBounds);
    CPPUNIT_TEST(whatIsNoAnswerIsTemporary);
    CPPUNIT_TEST(whatIsNoSetIsNot);
    CPPUNIT_TEST(memoryIsNotAsked);
    CPPUNIT_TEST(aSlowSiteHasOneTurn);
    CPPUNIT_TEST(fewSitesAreAskedAtOnce);
    CPPUNIT_TEST(aSlowSiteRestsLongerEachTime);
    CPPUNIT_TEST_SUITE_END();

    testkit::FakeHost host_;
    testkit::FakeContext context_;
    KeySetFetcher fetcher_{host_.http().purpose("client_keys"), host_.clock()};

    void answer(int status, std::string control, std::string body = R"({"keys":[]})") {
        host_.fakeOutgoing.answer([=](const OutgoingRequest&) {
            return OutgoingAnswer{status, {{"cache-control", control}}, body};
        });
    }
    Result<std::optional<FetchedKeySet>> fetch(const std::string& url = "https://a.example/jwks") {
        return fetcher_.fetch(context_, url);
    }
    std::int64_t life(const std::string& control) {
        answer(200, control);
        return (**fetch()).life.count();
    }

public:
    void itsLifeIsWhatTheServerSaysWithinBounds() {
        CPPUNIT_ASSERT_EQUAL(std::int64_t{600}, life(""));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{600}, life("no-store"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{600}, life("max-age=soon"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{3600}, life("public, Max-Age=3600"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{60}, life("max-age=0"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{60}, life("max-age=-5"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{86'400}, life("max-age=31536000"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{600}, life("max-age=99999999999999999999"));
    }

    void whatIsNoAnswerIsTemporary() {
        for (const int status : {204, 301, 302, 404, 500}) {
            answer(status, "");
            CPPUNIT_ASSERT(fetch().error().isTemporary());
        }
        host_.fakeOutgoing.answer([](const OutgoingRequest&) { return Error::unknown("late"); });
        CPPUNIT_ASSERT(fetch().error().isTemporary());
        CPPUNIT_ASSERT(fetch().error().detail.find("https://a.example/jwks: late") !=
                       std::string::npos);
    }

    void whatIsNoSetIsNot() {
        answer(200, "", "<html>");
        CPPUNIT_ASSERT(fetch().error().fault == Fault::badInput);
        host_.fakeOutgoing.answer([](const OutgoingRequest&) { return Error::notAllowed("ours"); });
        CPPUNIT_ASSERT(fetch().error().fault == Fault::badInput);
    }

    void memoryIsNotAsked() {
        answer(200, "");
        CPPUNIT_ASSERT(fetch());
        const auto sent = host_.fakeOutgoing.sent().front();
        CPPUNIT_ASSERT_EQUAL(std::string("https://a.example/jwks"), sent.url);
        CPPUNIT_ASSERT_EQUAL(std::string("no-cache"), sent.headers.back().value);
        CPPUNIT_ASSERT_EQUAL(std::size_t{65'536}, sent.mostBytes);
    }

    void aSlowSiteHasOneTurn() {
        host_.fakeOutgoing.answer([this](const OutgoingRequest& request) {
            if (request.url == "https://slow.example/one") {  // while this one is under way
                CPPUNIT_ASSERT(!*fetch("https://SLOW.example/two"));
                CPPUNIT_ASSERT(*fetch("https://good.example/jwks"));
            }
            return OutgoingAnswer{200, {}, R"({"keys":[]})"};
        });
        CPPUNIT_ASSERT(*fetch("https://slow.example/one"));
        CPPUNIT_ASSERT(*fetch("https://slow.example/two"));
    }

    void fewSitesAreAskedAtOnce() {
        int depth = 0;
        host_.fakeOutgoing.answer([&](const OutgoingRequest&) {
            const int inner = ++depth;
            const auto next = fetch("https://s" + std::to_string(inner) + ".example/");
            CPPUNIT_ASSERT_EQUAL(inner < 3, next->has_value());
            return OutgoingAnswer{200, {}, R"({"keys":[]})"};
        });
        CPPUNIT_ASSERT(*fetch("https://s0.example/"));
        CPPUNIT_ASSERT_EQUAL(3, depth);
    }

    void aSlowSiteRestsLongerEachTime() {
        host_.fakeOutgoing.answer([this](const OutgoingRequest& request) {
            if (request.url == "https://slow.example/") {
                host_.fakeClock.advance(seconds{2});
            }
            return OutgoingAnswer{200, {}, R"({"keys":[]})"};
        });
        for (const auto rest : {10, 20, 40, 80, 160, 300, 300}) {
            CPPUNIT_ASSERT(*fetch("https://slow.example/"));
            host_.fakeClock.advance(seconds{rest - 1});
            CPPUNIT_ASSERT(!*fetch("https://slow.example/"));
            CPPUNIT_ASSERT(!*fetch("https://SLOW.example/other"));
            CPPUNIT_ASSERT(*fetch("https://good.example/"));
            host_.fakeClock.advance(seconds{1});
        }
        CPPUNIT_ASSERT(*fetch("https://slow.example/other"));
        CPPUNIT_ASSERT(*fetch("https://slow.example/"));
        host_.fakeClock.advance(seconds{10});
        CPPUNIT_ASSERT(*fetch("https://slow.example/"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(KeySetFetcherTest);

}  // namespace gatehouse
