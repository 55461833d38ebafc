// SPDX-License-Identifier: Apache-2.0
#include "store/ChangeFeed.h"

#include "ScriptedStorage.h"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <atomic>
#include <string>
#include <thread>

namespace gatehouse {

class ChangeFeedTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ChangeFeedTest);
    CPPUNIT_TEST(startingHandsOutEverythingThatLives);
    CPPUNIT_TEST(moreThanAPageIsReadToTheEnd);
    CPPUNIT_TEST(aSubscriberHearsItsTopicOnly);
    CPPUNIT_TEST(eachChangeIsHandedOutOnce);
    CPPUNIT_TEST(aNumberThatShowsUpLateIsHandedOut);
    CPPUNIT_TEST(aLateNumberBelowTheFirstReadingIsHandedOut);
    CPPUNIT_TEST(oldNumbersAreNotReadAgain);
    CPPUNIT_TEST(numbersThatGoBackAreHeard);
    CPPUNIT_TEST(aNumberGivenAnewIsHeard);
    CPPUNIT_TEST(theLastOneIsKnownAsLongAsItLives);
    CPPUNIT_TEST(aGapInWhichNoticesMayHaveExpiredIsTold);
    CPPUNIT_TEST(itIsFreshForASecondAfterAReading);
    CPPUNIT_TEST(aClockSetBackMakesNothingFresh);
    CPPUNIT_TEST(aStorageThatIsAwayMakesItStaleUntilItIsBack);
    CPPUNIT_TEST(catchingUpReadsOnlyWhatIsOld);
    CPPUNIT_TEST(whoAsksSoonAfterAFailureIsToldOfIt);
    CPPUNIT_TEST(nobodyWaitsForAReadingThatFollowsAFailure);
    CPPUNIT_TEST(itFailsToStartWhenNothingCanBeRead);
    CPPUNIT_TEST(itsThreadReadsByItself);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        feed_.subscribe("revocation", [this](const Change& change) {
            const std::lock_guard<std::mutex> lock(mutex_);
            heard_ += change.notice.key;
        });
    }

    void startingHandsOutEverythingThatLives() {
        add(1, "a");
        add(7, "b");
        CPPUNIT_ASSERT(!feed_.isFresh());
        CPPUNIT_ASSERT(bool(feed_.start()));
        CPPUNIT_ASSERT_EQUAL(std::string("ab"), heard());
        CPPUNIT_ASSERT(feed_.isFresh());
    }

    void moreThanAPageIsReadToTheEnd() {
        for (std::uint64_t number = 1; number <= 2500; ++number) {
            add(number, "x");
        }
        CPPUNIT_ASSERT(bool(feed_.poll()));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2500}, heard().size());
    }

    void aSubscriberHearsItsTopicOnly() {
        std::string clients;
        feed_.subscribe("client", [&](const Change& change) { clients += change.notice.key; });
        add(1, "a");
        add(2, "b", "client");
        add(3, "c", "user");
        CPPUNIT_ASSERT(bool(feed_.poll()));
        CPPUNIT_ASSERT_EQUAL(std::string("a"), heard());
        CPPUNIT_ASSERT_EQUAL(std::string("b"), clients);
    }

    void eachChangeIsHandedOutOnce() {
        add(1, "a");
        for (int time = 0; time < 100; ++time) {
            CPPUNIT_ASSERT(bool(feed_.poll()));
            host_.fakeClock.advance(ChangeFeed::pollInterval);
        }
        add(2, "b");
        CPPUNIT_ASSERT(bool(feed_.poll()));
        CPPUNIT_ASSERT_EQUAL(std::string("ab"), heard());
    }

    void aNumberThatShowsUpLateIsHandedOut() {
        add(1, "a");
        CPPUNIT_ASSERT(bool(feed_.poll()));
        add(5, "c");
        CPPUNIT_ASSERT(bool(feed_.poll()));
        host_.fakeClock.advance(seconds{9});
        CPPUNIT_ASSERT(bool(feed_.poll()));
        add(4, "b");
        CPPUNIT_ASSERT(bool(feed_.poll()));
        CPPUNIT_ASSERT_EQUAL(std::string("acb"), heard());
    }

    void aLateNumberBelowTheFirstReadingIsHandedOut() {
        add(20000, "b");
        CPPUNIT_ASSERT(bool(feed_.poll()));
        add(19990, "a");
        CPPUNIT_ASSERT(bool(feed_.poll()));
        CPPUNIT_ASSERT_EQUAL(std::string("ba"), heard());
    }

    void oldNumbersAreNotReadAgain() {
        add(1, "a");
        add(2, "b");
        CPPUNIT_ASSERT(bool(feed_.poll()));
        host_.fakeClock.advance(seconds{11});
        CPPUNIT_ASSERT(bool(feed_.poll()));
        storage_.changes.erase(storage_.changes.begin());
        add(1, "never asked for");
        add(3, "c");
        CPPUNIT_ASSERT(bool(feed_.poll()));
        CPPUNIT_ASSERT_EQUAL(std::string("abc"), heard());
    }

    void numbersThatGoBackAreHeard() {
        add(900, "a");
        CPPUNIT_ASSERT(bool(feed_.poll()));
        storage_.changes.clear();
        CPPUNIT_ASSERT(bool(feed_.poll()));
        add(5, "b");
        CPPUNIT_ASSERT(bool(feed_.poll()));
        add(6, "c");
        CPPUNIT_ASSERT(bool(feed_.poll()));
        CPPUNIT_ASSERT_EQUAL(std::string("abc"), heard());
    }

    void aNumberGivenAnewIsHeard() {
        add(1, "a");
        add(2, "b");
        CPPUNIT_ASSERT(bool(feed_.poll()));
        storage_.changes.pop_back();
        add(2, "c");
        CPPUNIT_ASSERT(bool(feed_.poll()));
        CPPUNIT_ASSERT_EQUAL(std::string("abac"), heard());
    }

    void theLastOneIsKnownAsLongAsItLives() {
        add(1, "a");
        add(2, "b");
        CPPUNIT_ASSERT(bool(feed_.poll()));
        for (int time = 0; time < 5; ++time) {
            host_.fakeClock.advance(seconds{11});
            CPPUNIT_ASSERT(bool(feed_.poll()));
        }
        CPPUNIT_ASSERT_EQUAL(std::string("ab"), heard());
        storage_.changes.pop_back();
        CPPUNIT_ASSERT(bool(feed_.poll()));
        CPPUNIT_ASSERT_EQUAL(std::string("aba"), heard());
    }

    void aGapInWhichNoticesMayHaveExpiredIsTold() {
        int gaps = 0;
        bool wasFresh = false;
        feed_.subscribe(ChangeFeed::gap, [&](const Change&) {
            ++gaps;
            wasFresh = feed_.isFresh();
        });
        CPPUNIT_ASSERT(bool(feed_.poll()));
        host_.fakeClock.advance(ChangeFeed::longestGap);
        CPPUNIT_ASSERT(bool(feed_.poll()));
        CPPUNIT_ASSERT_EQUAL(0, gaps);
        host_.fakeClock.advance(ChangeFeed::longestGap + milliseconds{1});
        CPPUNIT_ASSERT(bool(feed_.poll()));
        CPPUNIT_ASSERT_EQUAL(1, gaps);
        CPPUNIT_ASSERT(!wasFresh);
    }

    void itIsFreshForASecondAfterAReading() {
        CPPUNIT_ASSERT(bool(feed_.poll()));
        host_.fakeClock.advance(seconds{1});
        CPPUNIT_ASSERT(feed_.isFresh());
        host_.fakeClock.advance(milliseconds{1});
        CPPUNIT_ASSERT(!feed_.isFresh());
    }

    void aClockSetBackMakesNothingFresh() {
        CPPUNIT_ASSERT(bool(feed_.poll()));
        host_.fakeClock.advance(seconds{2});
        host_.fakeClock.set(host_.fakeClock.now() - seconds{3600});
        CPPUNIT_ASSERT(!feed_.isFresh());
        CPPUNIT_ASSERT(bool(feed_.poll()));
        CPPUNIT_ASSERT(feed_.isFresh());
    }

    void aStorageThatIsAwayMakesItStaleUntilItIsBack() {
        CPPUNIT_ASSERT(bool(feed_.poll()));
        storage_.setFailure(Error::unavailable("away"));
        host_.fakeClock.advance(seconds{2});
        CPPUNIT_ASSERT(!feed_.poll());
        CPPUNIT_ASSERT(!feed_.isFresh());
        storage_.setFailure({});
        add(1, "a");
        CPPUNIT_ASSERT(bool(feed_.poll()));
        CPPUNIT_ASSERT(feed_.isFresh());
        CPPUNIT_ASSERT_EQUAL(std::string("a"), heard());
    }

    void catchingUpReadsOnlyWhatIsOld() {
        CPPUNIT_ASSERT(bool(feed_.poll()));
        add(1, "a");
        CPPUNIT_ASSERT(bool(feed_.catchUp()));
        CPPUNIT_ASSERT_EQUAL(std::string(), heard());
        host_.fakeClock.advance(seconds{2});
        CPPUNIT_ASSERT(bool(feed_.catchUp()));
        CPPUNIT_ASSERT_EQUAL(std::string("a"), heard());
    }

    void whoAsksSoonAfterAFailureIsToldOfIt() {
        storage_.setFailure(Error::unavailable("away"));
        CPPUNIT_ASSERT(!feed_.catchUp());
        storage_.setFailure({});
        const Status told = feed_.catchUp();
        CPPUNIT_ASSERT(!told && told.error().fault == Fault::unavailable);
        CPPUNIT_ASSERT_EQUAL(1, storage_.readings.load());
        host_.fakeClock.advance(ChangeFeed::pollInterval);
        CPPUNIT_ASSERT(bool(feed_.catchUp()));
    }

    void nobodyWaitsForAReadingThatFollowsAFailure() {
        storage_.setFailure(Error::unavailable("away"));
        CPPUNIT_ASSERT(!feed_.poll());
        storage_.whileReading = [this] {
            std::thread([this] { CPPUNIT_ASSERT(!feed_.catchUp()); }).join();
        };
        CPPUNIT_ASSERT(!feed_.poll());
        CPPUNIT_ASSERT_EQUAL(2, storage_.readings.load());
    }

    void itFailsToStartWhenNothingCanBeRead() {
        storage_.setFailure(Error::unavailable("away"));
        const Status status = feed_.start();
        CPPUNIT_ASSERT(!status);
        CPPUNIT_ASSERT(status.error().fault == Fault::unavailable);
        feed_.stop();
    }

    void itsThreadReadsByItself() {
        CPPUNIT_ASSERT(bool(feed_.start()));
        add(1, "a");
        waitFor([this] { return heard() == "a"; });
        storage_.setFailure(Error::unavailable("the disk is gone"));
        waitFor([this] { return host_.fakeLog.says("the disk is gone"); });
        storage_.setFailure({});
        waitFor([this] { return host_.fakeLog.says("can be read again"); });
        feed_.stop();
        feed_.stop();
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, host_.fakeLog.lines().size());
    }

private:
    template <class Condition> static void waitFor(const Condition& isMet) {
        while (!isMet()) {
            std::this_thread::yield();
        }
    }
    TimePoint now() { return host_.fakeClock.now(); }
    std::string heard() {
        const std::lock_guard<std::mutex> lock(mutex_);
        return heard_;
    }
    void add(std::uint64_t number, const std::string& key,
             const std::string& topic = "revocation") {
        const std::lock_guard<std::mutex> lock(storage_.mutex);
        const auto place = std::upper_bound(
            storage_.changes.begin(), storage_.changes.end(), number,
            [](std::uint64_t left, const Change& right) { return left < right.number; });
        storage_.changes.insert(place, {number, {topic, key, 1, never}});
    }

    testkit::FakeHost host_;
    ScriptedStorage storage_{host_};
    std::mutex mutex_;
    std::string heard_;
    ChangeFeed feed_{storage_, host_.fakeClock, host_.fakeLog};
};

CPPUNIT_TEST_SUITE_REGISTRATION(ChangeFeedTest);

}  // namespace gatehouse
