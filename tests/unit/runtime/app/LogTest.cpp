// SPDX-License-Identifier: Apache-2.0
#include "app/InstanceLog.h"
#include "app/LogLine.h"
#include "app/LogQueue.h"
#include "app/SystemClock.h"
#include "json/Json.h"

#include <cppunit/extensions/HelperMacros.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace gatehouse {

namespace {

constexpr TimePoint noon{milliseconds{1'714'564'800'042}};

/// A pipe; what was written can be read until the writing end is closed.
class Pipe {
public:
    Pipe() { CPPUNIT_ASSERT_EQUAL(0, ::pipe(ends_.data())); }
    ~Pipe() {
        ::close(ends_[0]);
        closeWriter();
    }
    int reader() const { return ends_[0]; }
    int writer() const { return ends_[1]; }
    void closeWriter() {
        if (ends_[1] >= 0) {
            ::close(ends_[1]);
        }
        ends_[1] = -1;
    }
    std::string readAll() {
        closeWriter();
        std::string all;
        std::array<char, 4096> buffer{};
        for (ssize_t size = 1; size > 0;) {
            size = ::read(ends_[0], buffer.data(), buffer.size());
            all.append(buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
        }
        return all;
    }

private:
    std::array<int, 2> ends_{};
};

std::size_t linesIn(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

class LogTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LogTest);
    CPPUNIT_TEST(aLineIsOneJsonObject);
    CPPUNIT_TEST(controlCharactersAndLineBreaksAreEscaped);
    CPPUNIT_TEST(aFieldCannotPassForAnotherMember);
    CPPUNIT_TEST(whatIsTooLongIsCutAndSaysSo);
    CPPUNIT_TEST(noCharacterIsCutInHalf);
    CPPUNIT_TEST(aLongListOrMapIsCutAsText);
    CPPUNIT_TEST(soManyFieldsAreEnough);
    CPPUNIT_TEST(everyLineOfManyThreadsIsWrittenWhole);
    CPPUNIT_TEST(aFlushedLineIsThere);
    CPPUNIT_TEST(aReaderThatDoesNotReadBlocksNobody);
    CPPUNIT_TEST(aRecordIsWrittenWhateverTheLevelAndTheQueue);
    CPPUNIT_TEST_SUITE_END();

public:
    void aLineIsOneJsonObject() {
        const ValueMap fields{{"status", 200}};
        const auto line =
            logLine({noon, Level::warning, "user_store.ldap", "cannot reach ldaps://x: timed out",
                     "r1", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", fields});
        CPPUNIT_ASSERT_EQUAL(
            std::string(
                R"({"time":"2024-05-01T12:00:00.042Z","level":"warning","instance":"user_store.ldap",)"
                R"("message":"cannot reach ldaps://x: timed out","request_id":"r1",)"
                R"("trace_id":"0af7651916cd43dd8448eb211c80319c","status":200})"
                "\n"),
            line);
    }

    void controlCharactersAndLineBreaksAreEscaped() {
        const std::string evil =
            "a\n{\"level\":\"info\"}\r\x1b[31m\xff\x7f\xc2\x9b\xe2\x80\xa8\xe2\x80\xae";
        const ValueMap fields{{"path", evil}};
        const auto line = logLine({noon, Level::info, "http", evil, {}, {}, fields});
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, linesIn(line));
        CPPUNIT_ASSERT(line.find_first_of("\x1b\x7f") == std::string::npos);
        for (const char* control : {"\xc2\x9b", "\xe2\x80\xa8", "\xe2\x80\xae"}) {
            CPPUNIT_ASSERT(line.find(control) == std::string::npos);
        }
        const auto read = parseJson(std::string_view(line).substr(0, line.size() - 1));
        CPPUNIT_ASSERT(read && read->map() != nullptr);
        CPPUNIT_ASSERT_EQUAL(std::string("a\n{\"level\":\"info\"}\r\x1b[31m\xef\xbf\xbd\x7f\xc2\x9b"
                                         "\xe2\x80\xa8\xe2\x80\xae"),
                             std::string(read->map()->text("message")));
    }

    void aFieldCannotPassForAnotherMember() {
        const ValueMap fields{{"level", "debug"}, {"message", "all is well"}, {"status", 1}};
        const auto line = logLine({noon, Level::error, "x", "fire", {}, {}, fields});
        CPPUNIT_ASSERT(line.find("all is well") == std::string::npos);
        CPPUNIT_ASSERT(line.find("\"status\":1") != std::string::npos);
    }

    static ValueMap read(const std::string& line) {
        const auto value = parseJson(std::string_view(line).substr(0, line.size() - 1));
        CPPUNIT_ASSERT(value && value->map() != nullptr);
        return *value->map();
    }

    void whatIsTooLongIsCutAndSaysSo() {
        const std::string longText(100'000, 'x');
        const ValueMap fields{{"path", longText}, {"status", 200}};
        const auto line = logLine({noon, Level::info, "http", longText, {}, {}, fields});
        const auto told = read(line);
        CPPUNIT_ASSERT_EQUAL(std::string(1024, 'x') + "...[cut, 100000 bytes]",
                             std::string(told.text("path")));
        CPPUNIT_ASSERT_EQUAL(std::string(4096, 'x') + "...[cut, 100000 bytes]",
                             std::string(told.text("message")));
        CPPUNIT_ASSERT(told.find("status") != nullptr);
    }

    void noCharacterIsCutInHalf() {
        std::string text = "x";
        for (int i = 0; i < 2000; ++i) {
            text += "\xf0\x9f\x94\x91";
        }
        const ValueMap fields{{"login", text}};
        const auto told = read(logLine({noon, Level::info, "x", "x", {}, {}, fields}));
        CPPUNIT_ASSERT(told.text("login").find("\xef\xbf\xbd") == std::string_view::npos);
        CPPUNIT_ASSERT_EQUAL(text.substr(0, 1021) + "...[cut, 8001 bytes]",
                             std::string(told.text("login")));
    }

    void aLongListOrMapIsCutAsText() {
        const ValueMap fields{{"details", ValueMap{{"login", std::string(5000, 'x')}}}};
        const auto told = read(logLine({noon, Level::info, "x", "x", {}, {}, fields}));
        CPPUNIT_ASSERT(told.text("details").find(R"({"login":"xxx)") == 0);
        CPPUNIT_ASSERT(told.text("details").find("x...[cut, ") != std::string_view::npos);
    }

    void soManyFieldsAreEnough() {
        ValueMap fields;
        for (int i = 0; i < 1000; ++i) {
            fields.set("field" + std::to_string(i), std::string(100, 'x'));
        }
        const auto line = logLine({noon, Level::info, "x", "x", {}, {}, fields});
        CPPUNIT_ASSERT(line.size() < 16'384);
        CPPUNIT_ASSERT(*read(line).find("fields_left_out")->integer() > 900);
    }

    void everyLineOfManyThreadsIsWrittenWhole() {
        constexpr std::size_t threads = 8;
        constexpr std::size_t lines = 200;
        Pipe pipe;
        {
            LogQueue queue(pipe.writer(), 1024 * 1024);
            std::vector<std::thread> writers;
            for (std::size_t thread = 0; thread < threads; ++thread) {
                writers.emplace_back([&queue, thread] {
                    for (std::size_t line = 0; line < lines; ++line) {
                        queue.push("<" + std::to_string(thread) + ">\n");
                    }
                });
            }
            for (auto& writer : writers) {
                writer.join();
            }
        }
        const std::string all = pipe.readAll();
        CPPUNIT_ASSERT_EQUAL(threads * lines, linesIn(all));
        CPPUNIT_ASSERT_EQUAL(threads * lines * 4, all.size());
    }

    void aFlushedLineIsThere() {
        Pipe pipe;
        LogQueue queue(pipe.writer(), 1024);
        queue.push("one\n");
        queue.push("two\n");
        queue.flush();
        std::array<char, 64> buffer{};
        const std::string_view seen(
            buffer.data(),
            static_cast<std::size_t>(::read(pipe.reader(), buffer.data(), buffer.size())));
        CPPUNIT_ASSERT_EQUAL(std::string("one\ntwo\n"), std::string(seen));
    }

    void aReaderThatDoesNotReadBlocksNobody() {
        Pipe pipe;
        const std::string line(1023, 'x');
        {
            LogQueue queue(pipe.writer(), 64 * 1024);
            for (int count = 0; count < 2000; ++count) {
                queue.push(line + "\n");
            }
        }
        const std::string seen = pipe.readAll();
        CPPUNIT_ASSERT(seen.size() < 2000 * 1024);
    }

    void aRecordIsWrittenWhateverTheLevelAndTheQueue() {
        Pipe pipe;
        SystemClock clock;
        const auto target = std::make_shared<LogTarget>();
        target->queue = std::make_shared<LogQueue>(pipe.writer(), 0);
        target->least = Level::error;
        InstanceLog log("event_sink.log", target, clock);
        const Issuer issuer;
        const Context context{issuer, "r1", {}, noDeadline};
        log.write(context, Level::info, "left out", {});
        log.write(context, Level::error, "dropped", {});
        CPPUNIT_ASSERT(log.record({{"audit", "r1", {}}, {"audit", "r2", {}}}));
        pipe.closeWriter();
        CPPUNIT_ASSERT(!log.record({{"nobody is there", {}, {}}}));
        target->queue.reset();
        const std::string seen = pipe.readAll();
        CPPUNIT_ASSERT_EQUAL(std::string(R"("message":"audit")"),
                             seen.substr(seen.find(R"("message")"), 17));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, linesIn(seen));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LogTest);

}  // namespace gatehouse
