// SPDX-License-Identifier: Apache-2.0
#include "LogSink.h"

#include <gatehouse/testkit/EventSinkContract.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/HostBed.h>

#include "json/Json.h"

namespace gatehouse {
namespace {

struct LogBed : testkit::HostBed {
    std::unique_ptr<EventSink> make() {
        auto sink = std::make_unique<LogSink>();
        CPPUNIT_ASSERT(sink->configure(testkit::FakeConfig{}, host));
        CPPUNIT_ASSERT(sink->start());
        return sink;
    }
    std::string told() {
        std::string told;
        for (const auto& line : host.fakeLog.lines()) {
            told += toJson(ValueMap{{"message", line.message},
                                    {"request_id", line.requestId},
                                    {"fields", line.fields}}) +
                    "\n";
        }
        return told;
    }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::EventSinkContract<LogBed>);

}  // namespace gatehouse
