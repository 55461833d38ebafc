// SPDX-License-Identifier: Apache-2.0
#include "outgoing/AnswerCache.h"

#include <gatehouse/testkit/FakeClock.h>

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class AnswerCacheTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AnswerCacheTest);
    CPPUNIT_TEST(anAnswerIsGoodAsLongAsItSays);
    CPPUNIT_TEST(whatMayNotBeKeptIsNot);
    CPPUNIT_TEST(anOldOneIsAskedAbout);
    CPPUNIT_TEST(onlyPlainQuestionsAreRemembered);
    CPPUNIT_TEST(whatWasUsedLongestAgoGoesFirst);
    CPPUNIT_TEST(aDayIsTheLongest);
    CPPUNIT_TEST_SUITE_END();

public:
    void anAnswerIsGoodAsLongAsItSays() {
        note({{"cache-control", "public, Max-Age=60"}, {"age", "20"}});
        CPPUNIT_ASSERT(isFresh());
        clock_.advance(seconds{41});
        CPPUNIT_ASSERT(!isFresh());
    }

    void whatMayNotBeKeptIsNot() {
        for (const std::vector<Header>& headers :
             std::vector<std::vector<Header>>{{},
                                              {{"cache-control", "max-age=60, no-store"}},
                                              {{"cache-control", "max-age=60, no-cache"}},
                                              {{"cache-control", "max-age=0"}},
                                              {{"cache-control", "max-age=-5"}},
                                              {{"cache-control", "max-age=x"}},
                                              {{"cache-control", "max-age=60"}, {"age", "60"}},
                                              {{"cache-control", "max-age=60"}, {"vary", "Cookie"}},
                                              {{"cache-control", "max-age=60"}, {"vary", "*"}}}) {
            note(headers);
            CPPUNIT_ASSERT(!cache_.find(request_));
        }
        note({{"cache-control", "max-age=60"}}, 404);
        CPPUNIT_ASSERT(!cache_.find(request_));
    }

    void anOldOneIsAskedAbout() {
        note({{"cache-control", "no-cache"}, {"etag", "\"1\""}});
        const auto hit = cache_.find(request_);
        CPPUNIT_ASSERT(hit && !hit->isFresh);
        CPPUNIT_ASSERT_EQUAL(std::string("If-None-Match"), hit->question.at(0).name);
        CPPUNIT_ASSERT_EQUAL(std::string("\"1\""), hit->question.at(0).value);
        cache_.refresh(request_, {304, {{"cache-control", "max-age=10"}}, ""});
        CPPUNIT_ASSERT(isFresh());
        clock_.advance(seconds{11});
        CPPUNIT_ASSERT(!isFresh());
    }

    void onlyPlainQuestionsAreRemembered() {
        OutgoingRequest asked = request_;
        CPPUNIT_ASSERT(AnswerCache::isFor(asked));
        asked.headers = {{"Accept", "application/json"}};
        CPPUNIT_ASSERT(AnswerCache::isFor(asked));
        asked.headers.push_back({"Authorization", "Bearer x"});
        CPPUNIT_ASSERT(!AnswerCache::isFor(asked));
        asked.headers.clear();
        asked.method = "POST";
        CPPUNIT_ASSERT(!AnswerCache::isFor(asked));
    }

    void whatWasUsedLongestAgoGoesFirst() {
        note({{"cache-control", "max-age=60"}});
        OutgoingRequest other = request_;
        for (const char* url : {"https://b.example/", "https://c.example/"}) {
            other.url = url;
            CPPUNIT_ASSERT(isFresh());
            cache_.note(other, {200, {{"cache-control", "max-age=60"}}, ""});
        }
        CPPUNIT_ASSERT(isFresh());
        other.url = "https://b.example/";
        CPPUNIT_ASSERT(!cache_.find(other));
        CPPUNIT_ASSERT(isFresh());
        cache_.note(request_, {200, {{"cache-control", "max-age=60"}}, std::string(300, 'x')});
        CPPUNIT_ASSERT_MESSAGE("larger than a quarter of all", !cache_.find(request_));
    }

    void aDayIsTheLongest() {
        note({{"cache-control", "max-age=9999999"}});
        clock_.advance(std::chrono::hours{25});
        CPPUNIT_ASSERT(!cache_.find(request_)->isFresh);
    }

private:
    void note(std::vector<Header> headers, int status = 200) {
        cache_.note(request_, {status, std::move(headers), "body"});
    }
    bool isFresh() {
        const auto hit = cache_.find(request_);
        return hit && hit->isFresh;
    }

    testkit::FakeClock clock_;
    AnswerCache cache_{clock_, {2, 1000, seconds{86'400}}};
    OutgoingRequest request_{"GET", "https://a.example/", {}, {}};
};

}  // namespace gatehouse

CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::AnswerCacheTest);
