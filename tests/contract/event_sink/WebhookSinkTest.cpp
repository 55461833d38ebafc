// SPDX-License-Identifier: Apache-2.0
#include "WebhookSink.h"

#include <gatehouse/testkit/EventSinkContract.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/HostBed.h>

namespace gatehouse {
namespace {

struct WebhookBed : testkit::HostBed {
    std::unique_ptr<EventSink> make() {
        auto sink = std::make_unique<WebhookSink>();
        const testkit::FakeConfig config(
            fieldsOf<WebhookSink>(),
            {{"url", "https://siem.example.org/in"}, {"secret", "a secret of 24 bytes or more"}});
        CPPUNIT_ASSERT(sink->configure(config, host));
        CPPUNIT_ASSERT(sink->start());
        return sink;
    }
    std::string told() {
        for (const auto jobs = host.fakeJobs.jobs().size(); done_ < jobs; ++done_) {
            CPPUNIT_ASSERT(host.fakeJobs.run(done_));
        }
        std::string told;
        for (const auto& request : host.fakeOutgoing.sent()) {
            told += request.body + "\n";
        }
        return told;
    }

private:
    std::size_t done_ = 0;
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::EventSinkContract<WebhookBed>);

}  // namespace gatehouse
