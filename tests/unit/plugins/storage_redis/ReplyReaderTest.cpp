// SPDX-License-Identifier: Apache-2.0
#include "ReplyReader.h"

#include "RedisFailure.h"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace gatehouse {
namespace {

/// A reader of `text`, so many bytes at a time; then the connection ends.
class Told {
public:
    explicit Told(std::string text, std::size_t step = 16384)
        : text_(std::move(text)), reader_([this, step](char* into, std::size_t most) {
              if (at_ == text_.size()) {
                  throw RedisFailure(RedisFailure::Cause::away, "the end");
              }
              const auto size = text_.copy(into, std::min(most, step), at_);
              at_ += size;
              return size;
          }) {}
    Reply read() { return reader_.read(); }
    ReplyReader& reader() { return reader_; }

private:
    std::string text_;
    std::size_t at_ = 0;
    ReplyReader reader_;
};

}  // namespace

class ReplyReaderTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ReplyReaderTest);
    CPPUNIT_TEST(everyTypeIsRead);
    CPPUNIT_TEST(repliesComeInAnyPieces);
    CPPUNIT_TEST(oneReplyIsReadAfterTheOther);
    CPPUNIT_TEST(malformedRepliesAreRefused);
    CPPUNIT_TEST(whatIsAnnouncedCostsNothing);
    CPPUNIT_TEST(whatNeverEndsIsRefused);
    CPPUNIT_TEST(listsLieInEachOtherToALimit);
    CPPUNIT_TEST_SUITE_END();

public:
    void everyTypeIsRead() {
        const std::string text("*6\r\n+OK\r\n-ERR no\r\n:-12\r\n$4\r\n\r\n\0x\r\n$-1\r\n*-1\r\n",
                               44);
        const Reply list = Told(text).read();
        CPPUNIT_ASSERT(list.type == Reply::Type::list);
        CPPUNIT_ASSERT_EQUAL(std::size_t{6}, list.items.size());
        CPPUNIT_ASSERT_EQUAL(std::string("OK"), list.items[0].text);
        CPPUNIT_ASSERT(list.items[1].type == Reply::Type::error);
        CPPUNIT_ASSERT_EQUAL(std::string("ERR no"), list.items[1].text);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{-12}, list.items[2].number);
        CPPUNIT_ASSERT_EQUAL(std::string("\r\n\0x", 4), list.items[3].text);
        CPPUNIT_ASSERT(list.items[4].type == Reply::Type::nothing);
        CPPUNIT_ASSERT(list.items[5].type == Reply::Type::nothing);
    }

    void repliesComeInAnyPieces() {
        const std::string large(100000, 'x');
        const std::string text = "*2\r\n$100000\r\n" + large + "\r\n:7\r\n";
        for (const std::size_t step : {1U, 2U, 3U, 1000U, 16384U}) {
            const Reply list = Told(text, step).read();
            CPPUNIT_ASSERT(list.items.at(0).text == large);
            CPPUNIT_ASSERT_EQUAL(std::int64_t{7}, list.items.at(1).number);
        }
    }

    void oneReplyIsReadAfterTheOther() {
        Told told("+a\r\n+b\r\n");
        CPPUNIT_ASSERT_EQUAL(std::string("a"), told.read().text);
        CPPUNIT_ASSERT(told.reader().hasMore());
        CPPUNIT_ASSERT_EQUAL(std::string("b"), told.read().text);
        CPPUNIT_ASSERT(!told.reader().hasMore());
    }

    void malformedRepliesAreRefused() {
        for (const char* text : {"",
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
            CPPUNIT_ASSERT_THROW_MESSAGE(text, Told(text).read(), RedisFailure);
        }
    }

    void whatIsAnnouncedCostsNothing() {
        for (const char* text : {"$9223372036854775807\r\n", "$67108865\r\n", "$60000000\r\nab",
                                 "*9223372036854775807\r\n", "*2147483647\r\n:1\r\n"}) {
            CPPUNIT_ASSERT_THROW_MESSAGE(text, Told(text).read(), RedisFailure);
        }
    }

    void whatNeverEndsIsRefused() {
        for (const std::string& part : {std::string("x"), std::string(":1\r\n"),
                                        "$65536\r\n" + std::string(65536, 'x') + "\r\n"}) {
            std::size_t taken = 0;
            std::string more = part == "x" ? "+" : "*2147483647\r\n";
            ReplyReader reader([&](char* into, std::size_t most) {
                while (more.size() < most) {
                    more += part;
                }
                more.copy(into, most);
                more.erase(0, most);
                taken += most;
                return most;
            });
            CPPUNIT_ASSERT_THROW(reader.read(), RedisFailure);
            CPPUNIT_ASSERT(taken <= ReplyReader::mostBytes + part.size() + 16384);
        }
    }

    void listsLieInEachOtherToALimit() {
        std::string text;
        for (std::size_t depth = 0; depth < ReplyReader::deepest; ++depth) {
            text += "*1\r\n";
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, Told(text + ":1\r\n").read().items.size());
        CPPUNIT_ASSERT_THROW(Told(text + "*1\r\n:1\r\n").read(), RedisFailure);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ReplyReaderTest);

}  // namespace gatehouse
