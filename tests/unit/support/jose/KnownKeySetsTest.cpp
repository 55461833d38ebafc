// SPDX-License-Identifier: Apache-2.0
#include "jose/KnownKeySets.h"

#include <gatehouse/testkit/FakeClock.h>
#include <gatehouse/testkit/Together.h>

#include <cppunit/extensions/HelperMacros.h>

#include <atomic>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace gatehouse {

/// A set is fetched again after 10 s at the earliest, and known keys stay good for 1,000 s.
class KnownKeySetsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(KnownKeySetsTest);
    CPPUNIT_TEST(aSetIsFetchedOnceInItsTime);
    CPPUNIT_TEST(anUnknownKeyIsFetched);
    CPPUNIT_TEST(aStormOfUnknownKeysIsOneFetchInAPause);
    CPPUNIT_TEST(whatIsGoneFromTheSetIsGone);
    CPPUNIT_TEST(aSiteThatIsDownLeavesTheOldKeysForAWhile);
    CPPUNIT_TEST(noPauseMakesKeysGoodBeyondTheirTime);
    CPPUNIT_TEST(aFirstFetchThatFailsIsToldAndTriedAgain);
    CPPUNIT_TEST(whoseTurnItIsNotTriesAtOnceAgain);
    CPPUNIT_TEST(oneAsksAndTheOthersGoOn);
    CPPUNIT_TEST(clientsAndIssuersAreApart);
    CPPUNIT_TEST(manyThreadsMayAsk);
    CPPUNIT_TEST_SUITE_END();

    testkit::FakeClock clock_;
    KnownKeySets known_{clock_, {seconds{10}, seconds{1000}}};
    std::atomic<int> fetches_{0};
    std::vector<std::string> published_{"one"};
    std::function<Result<std::optional<FetchedKeySet>>()> fetch_ = [this] { return set(); };

    std::optional<FetchedKeySet> set() const {
        ValueList keys;
        for (const auto& kid : published_) {
            keys.emplace_back(ValueMap{{"kid", kid}});
        }
        return FetchedKeySet{std::make_shared<const Value>(ValueMap{{"keys", keys}}), seconds{60}};
    }
    Result<KnownKeySets::Keys> ask(std::string_view kid = {}, const std::string& name = "1\nshop") {
        return known_.find(name, kid, [this] {
            ++fetches_;
            return fetch_();
        });
    }
    bool has(std::string_view kid) {
        const auto keys = ask(kid);
        CPPUNIT_ASSERT(keys);
        for (const auto& key : *(**keys).map()->find("keys")->list()) {
            if (key.map()->text("kid") == kid) {
                return true;
            }
        }
        return false;
    }

public:
    void aSetIsFetchedOnceInItsTime() {
        for (int i = 0; i < 5; ++i) {
            CPPUNIT_ASSERT(has("one") && ask());
        }
        clock_.advance(seconds{59});
        CPPUNIT_ASSERT(has("one"));
        CPPUNIT_ASSERT_EQUAL(1, fetches_.load());
        clock_.advance(seconds{1});
        CPPUNIT_ASSERT(ask());
        CPPUNIT_ASSERT_EQUAL(2, fetches_.load());
    }

    void anUnknownKeyIsFetched() {
        CPPUNIT_ASSERT(has("one"));
        published_ = {"one", "two"};
        clock_.advance(seconds{10});
        CPPUNIT_ASSERT(has("two"));
        CPPUNIT_ASSERT_EQUAL(2, fetches_.load());
    }

    void aStormOfUnknownKeysIsOneFetchInAPause() {
        for (int i = 0; i < 1000; ++i) {
            CPPUNIT_ASSERT(!has("made up " + std::to_string(i)));
        }
        CPPUNIT_ASSERT_EQUAL(1, fetches_.load());
        clock_.advance(seconds{10});
        for (int i = 0; i < 1000; ++i) {
            CPPUNIT_ASSERT(!has("made up " + std::to_string(i)));
        }
        CPPUNIT_ASSERT_EQUAL(2, fetches_.load());
        CPPUNIT_ASSERT(has("one"));
    }

    void whatIsGoneFromTheSetIsGone() {
        published_ = {"one", "two"};
        CPPUNIT_ASSERT(has("one") && has("two"));
        published_ = {"two"};
        clock_.advance(seconds{60});
        CPPUNIT_ASSERT(has("two"));
        CPPUNIT_ASSERT(!has("one"));
    }

    void aSiteThatIsDownLeavesTheOldKeysForAWhile() {
        CPPUNIT_ASSERT(has("one"));
        fetch_ = [] { return Error::unavailable("down"); };
        clock_.advance(seconds{60});
        CPPUNIT_ASSERT(has("one") && has("one"));
        CPPUNIT_ASSERT_EQUAL(2, fetches_.load());
        CPPUNIT_ASSERT(ask("two").error().fault == Fault::unavailable);
        clock_.advance(seconds{999});
        CPPUNIT_ASSERT(has("one"));
        clock_.advance(seconds{1});
        CPPUNIT_ASSERT(ask("one").error().fault == Fault::unavailable);
        CPPUNIT_ASSERT(ask().error().detail == "down");
    }

    void noPauseMakesKeysGoodBeyondTheirTime() {
        KnownKeySets known(clock_, {seconds{3600}, seconds{0}});
        const auto ask = [&] { return known.find("1\nshop", "one", fetch_); };
        CPPUNIT_ASSERT(ask());
        fetch_ = [] { return Error::unavailable("down"); };
        clock_.advance(seconds{60});
        CPPUNIT_ASSERT(!ask());
        CPPUNIT_ASSERT(!ask());
    }

    void aFirstFetchThatFailsIsToldAndTriedAgain() {
        fetch_ = [] { return Error::badInput("no set"); };
        for (int i = 0; i < 20; ++i) {
            CPPUNIT_ASSERT(ask("one").error().fault == Fault::badInput);
        }
        CPPUNIT_ASSERT_EQUAL(1, fetches_.load());
        fetch_ = [this] { return set(); };
        clock_.advance(seconds{10});
        CPPUNIT_ASSERT(has("one"));
    }

    void whoseTurnItIsNotTriesAtOnceAgain() {
        fetch_ = [] { return std::optional<FetchedKeySet>(); };
        CPPUNIT_ASSERT(ask("one").error().fault == Fault::unavailable);
        fetch_ = [this] { return set(); };
        CPPUNIT_ASSERT(has("one"));
    }

    void oneAsksAndTheOthersGoOn() {
        CPPUNIT_ASSERT(has("one"));
        clock_.advance(seconds{60});
        fetch_ = [this] {
            CPPUNIT_ASSERT(has("one"));  // while this one is under way
            CPPUNIT_ASSERT(ask("two").error().fault == Fault::unavailable);
            return set();
        };
        CPPUNIT_ASSERT(has("one"));
        CPPUNIT_ASSERT_EQUAL(2, fetches_.load());
    }

    void clientsAndIssuersAreApart() {
        CPPUNIT_ASSERT(ask("one", "1\nshop") && ask("one", "1\nother") && ask("one", "2\nshop"));
        CPPUNIT_ASSERT_EQUAL(3, fetches_.load());
    }

    void manyThreadsMayAsk() {
        testkit::together(4, [this](int thread) {
            for (int i = 0; i < 200; ++i) {
                const auto keys = ask(i % 2 == 0 ? "one" : "none",
                                      "1\nclient " + std::to_string((i + thread) % 7));
                CPPUNIT_ASSERT(keys || keys.error().fault == Fault::unavailable);
            }
        });
        CPPUNIT_ASSERT_EQUAL(7, fetches_.load());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(KnownKeySetsTest);

}  // namespace gatehouse
