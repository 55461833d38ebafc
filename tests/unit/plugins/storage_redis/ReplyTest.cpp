// SPDX-License-Identifier: Apache-2.0
#include "Told.h"

#include <cppunit/extensions/HelperMacros.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace gatehouse {

using namespace std::string_view_literals;

/// What Poco::Redis makes of what a server says, and what it never gets to see.
class ReplyTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ReplyTest);
    CPPUNIT_TEST(everyTypeIsRead);
    CPPUNIT_TEST(anEmptyListHasNoItems);
    CPPUNIT_TEST(anotherKindThanIsWantedIsRefused);
    CPPUNIT_TEST(repliesComeInAnyPieces);
    CPPUNIT_TEST(oneReplyIsReadAfterTheOther);
    CPPUNIT_TEST(malformedRepliesAreRefused);
    CPPUNIT_TEST(whatIsAnnouncedIsBounded);
    CPPUNIT_TEST(whatNeverEndsIsRefused);
    CPPUNIT_TEST(listsLieInEachOtherToALimit);
    CPPUNIT_TEST(manyRepliesMayBeMoreThanOne);
    CPPUNIT_TEST_SUITE_END();

public:
    void everyTypeIsRead() {
        const auto items = itemsOf(
            Told("*6\r\n+OK\r\n-ERR no\r\n:-12\r\n$4\r\n\r\n\0x\r\n$-1\r\n*-1\r\n"sv).read());
        CPPUNIT_ASSERT_EQUAL(std::size_t{6}, items.size());
        CPPUNIT_ASSERT_EQUAL(std::string("OK"), textOf(items[0]));
        CPPUNIT_ASSERT_EQUAL(std::string("ERR no"), errorOf(items[1]));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{-12}, numberOf(items[2]));
        CPPUNIT_ASSERT_EQUAL(std::string("\r\n\0x", 4), textOf(items[3]));
        CPPUNIT_ASSERT(isNothing(items[4]));
        CPPUNIT_ASSERT(isNothing(items[5]));
    }

    void anEmptyListHasNoItems() {
        CPPUNIT_ASSERT(itemsOf(Told("*0\r\n"sv).read()).empty());
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, itemsOf(Told("*2\r\n*0\r\n:1\r\n"sv).read()).size());
    }

    void anotherKindThanIsWantedIsRefused() {
        const Reply number = Told(":1\r\n"sv).read();
        CPPUNIT_ASSERT_THROW(textOf(number), RedisFailure);
        CPPUNIT_ASSERT_THROW(itemsOf(number), RedisFailure);
        CPPUNIT_ASSERT_THROW(numberOf(Told("+1\r\n"sv).read()), RedisFailure);
        CPPUNIT_ASSERT_THROW(textOf(Told("$-1\r\n"sv).read()), RedisFailure);
        CPPUNIT_ASSERT(errorOf(number).empty());
    }

    void repliesComeInAnyPieces() {
        const std::string large(100000, 'x');
        const std::string text = "*2\r\n$100000\r\n" + large + "\r\n:7\r\n";
        for (const std::size_t step : {1U, 2U, 3U, 1000U, 16384U}) {
            const auto items = itemsOf(Told(text, step).read());
            CPPUNIT_ASSERT(textOf(items.at(0)) == large);
            CPPUNIT_ASSERT_EQUAL(std::int64_t{7}, numberOf(items.at(1)));
        }
    }

    void oneReplyIsReadAfterTheOther() {
        Told told("+a\r\n+b\r\n"sv);
        CPPUNIT_ASSERT_EQUAL(std::string("a"), textOf(told.read()));
        CPPUNIT_ASSERT_EQUAL(std::string("b"), textOf(told.read()));
    }

    void malformedRepliesAreRefused() {
        for (const std::string_view text : {"",
                                            "\r\n",
                                            "+OK\n",
                                            "+OK",
                                            "OK\r\n",
                                            ":\r\n",
                                            ":1x\r\n",
                                            ": 1\r\n",
                                            ":+1\r\n",
                                            ":99999999999999999999\r\n",
                                            "$\r\n",
                                            "$-2\r\n\r\n",
                                            "$1\r\nab\r\n",
                                            "$2\r\na\r\n",
                                            "$0\r\n",
                                            "$1\r\na\n",
                                            "*-2\r\n",
                                            "*x\r\n",
                                            "*1\r\n",
                                            "*2\r\n:1\r\n",
                                            "%1\r\n+a\r\n"}) {
            CPPUNIT_ASSERT_THROW_MESSAGE(std::string(text), Told(text).read(), RedisFailure);
        }
    }

    void whatIsAnnouncedIsBounded() {
        for (const std::string_view text :
             {"$9223372036854775807\r\n", "$8388609\r\n", "$8000000\r\nab",
              "*9223372036854775807\r\n", "*2147483647\r\n:1\r\n"}) {
            CPPUNIT_ASSERT_THROW_MESSAGE(std::string(text), Told(text).read(), RedisFailure);
        }
    }

    void whatNeverEndsIsRefused() {
        for (const std::string& part : {std::string("x"), std::string(":1\r\n"),
                                        "$65536\r\n" + std::string(65536, 'x') + "\r\n"}) {
            std::size_t taken = 0;
            std::string more = part == "x" ? "+" : "*2147483647\r\n";
            Told told([&](char* into, std::size_t most) {
                while (more.size() < most) {
                    more += part;
                }
                more.copy(into, most);
                more.erase(0, most);
                taken += most;
                return most;
            });
            CPPUNIT_ASSERT_THROW(told.read(), RedisFailure);
            CPPUNIT_ASSERT(taken <= ReplyBounds::mostBytes + part.size() + 16384);
        }
    }

    void listsLieInEachOtherToALimit() {
        std::string text;
        for (std::size_t depth = 0; depth < ReplyBounds::deepest; ++depth) {
            text += "*1\r\n";
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, itemsOf(Told(text + ":1\r\n").read()).size());
        CPPUNIT_ASSERT_THROW(Told(text + "*1\r\n:1\r\n").read(), RedisFailure);
        CPPUNIT_ASSERT_THROW(Told([](char* into, std::size_t most) {
                                 return std::string_view("*1\r\n").copy(into, most);
                             }).read(),
                             RedisFailure);
    }

    /// The limits are for one reply, not for all that a connection ever says.
    void manyRepliesMayBeMoreThanOne() {
        const std::string text = "$8388608\r\n" + std::string(8388608, 'x') + "\r\n";
        std::string_view rest = text;
        Told told([&](char* into, std::size_t most) {
            const auto size = rest.copy(into, most);
            rest.remove_prefix(size);
            rest = rest.empty() ? text : rest;
            return size;
        });
        for (std::size_t read = 0; read <= ReplyBounds::mostBytes; read += text.size()) {
            CPPUNIT_ASSERT_EQUAL(std::size_t{8388608}, textOf(told.read()).size());
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ReplyTest);

}  // namespace gatehouse
