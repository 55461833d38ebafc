// SPDX-License-Identifier: Apache-2.0
#include "store/Handle.h"

#include <gatehouse/testkit/FakeHost.h>

#include <cppunit/extensions/HelperMacros.h>

#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace gatehouse {

class HandleTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(HandleTest);
    CPPUNIT_TEST(aTextIsReadBackAsTheHandleItCameFrom);
    CPPUNIT_TEST(whatIsNoHandleIsRefused);
    CPPUNIT_TEST(selectorsAscendWithTimeAndWithin);
    CPPUNIT_TEST(selectorsAscendWhenTheClockIsSetBack);
    CPPUNIT_TEST(threadsNeverGetTheSameSelector);
    CPPUNIT_TEST(twoNodesMakeDifferentSelectorsAtTheSameMoment);
    CPPUNIT_TEST(aHashFitsItsVerifierAndLabelOnly);
    CPPUNIT_TEST_SUITE_END();

public:
    void aTextIsReadBackAsTheHandleItCameFrom() {
        const Handle made = maker_.make();
        CPPUNIT_ASSERT_EQUAL(std::size_t{58}, made.text().size());
        const auto read = Handle::parse(made.text());
        CPPUNIT_ASSERT(read);
        CPPUNIT_ASSERT(made.selector == read->selector);
        CPPUNIT_ASSERT(made.verifier == read->verifier);
        CPPUNIT_ASSERT_EQUAL(std::size_t{11}, read->selector.size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{32}, read->verifier.size());
    }

    void whatIsNoHandleIsRefused() {
        const std::string text = maker_.make().text();
        for (const std::string& wrong :
             {std::string(), text + "A", text.substr(1), text + "=", text.substr(0, 57) + "!",
              " " + text.substr(1), std::string(58, '\0'), std::string(100000, 'A')}) {
            CPPUNIT_ASSERT(!Handle::parse(wrong));
        }
    }

    void selectorsAscendWithTimeAndWithin() {
        std::string last;
        for (int time = 0; time < 200000; ++time) {
            const std::string next = maker_.selector();
            CPPUNIT_ASSERT(last < next);
            last = next;
        }
        host_.fakeClock.advance(milliseconds{10});
        CPPUNIT_ASSERT(last < maker_.selector());
    }

    void selectorsAscendWhenTheClockIsSetBack() {
        const std::string before = maker_.selector();
        host_.fakeClock.advance(seconds{-3600});
        CPPUNIT_ASSERT(before < maker_.selector());
    }

    void threadsNeverGetTheSameSelector() {
        std::mutex mutex;
        std::set<std::string> made;
        std::vector<std::thread> threads;
        for (int thread = 0; thread < 8; ++thread) {
            threads.emplace_back([&] {
                std::vector<std::string> own;
                for (int time = 0; time < 1000; ++time) {
                    own.push_back(maker_.selector());
                }
                const std::lock_guard<std::mutex> lock(mutex);
                made.insert(own.begin(), own.end());
            });
        }
        for (auto& thread : threads) {
            thread.join();
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{8000}, made.size());
    }

    void twoNodesMakeDifferentSelectorsAtTheSameMoment() {
        HandleMaker other(host_.fakeClock, host_.fakeRandom);
        CPPUNIT_ASSERT(maker_.selector() != other.selector());
    }

    void aHashFitsItsVerifierAndLabelOnly() {
        const Handle handle = maker_.make();
        const std::string hash = handleHash(host_.fakeCrypto, "session", handle.verifier);
        CPPUNIT_ASSERT(hash.find(handle.verifier) == std::string::npos);
        CPPUNIT_ASSERT(handleMatches(host_.fakeCrypto, "session", handle, hash));
        CPPUNIT_ASSERT(!handleMatches(host_.fakeCrypto, "access_token", handle, hash));
        CPPUNIT_ASSERT(!handleMatches(host_.fakeCrypto, "session", maker_.make(), hash));
        CPPUNIT_ASSERT(!handleMatches(host_.fakeCrypto, "session", handle, ""));
    }

private:
    testkit::FakeHost host_;
    HandleMaker maker_{host_.fakeClock, host_.fakeRandom};
};

CPPUNIT_TEST_SUITE_REGISTRATION(HandleTest);

}  // namespace gatehouse
