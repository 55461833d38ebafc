// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeLog.h>

#include "TestSite.h"
#include "app/SystemClock.h"
#include "outgoing/OutgoingService.h"

#include <memory>
#include <string>
#include <vector>

namespace gatehouse {

/// An OutgoingService with the real clock, whose names resolve as a test says.
struct OutgoingBed {
    OutgoingBed& allow(std::vector<std::string> entries);
    OutgoingBed& within(milliseconds timeout);
    /// Lookup number n gives the n-th list, or the last one.
    OutgoingBed& resolve(std::vector<std::vector<std::string>> answers);

    Result<OutgoingAnswer> send(const OutgoingRequest& request) {
        return service().send(context, request);
    }
    Result<OutgoingAnswer> get(const std::string& url) {
        return send({"GET", url, {}, {}, 10'000});
    }
    /// The fault, or "answered STATUS", and what it says.
    std::string told(const OutgoingRequest& request);
    std::string told(const std::string& url) {
        return told(OutgoingRequest{"GET", url, {}, {}, 10'000});
    }
    OutgoingService& service();

    SystemClock clock;
    testkit::FakeLog log;
    testkit::FakeContext context;
    OutgoingService::Settings settings;
    std::string caFile;
    int lookups = 0;

private:
    std::unique_ptr<OutgoingService> service_;
};

std::string urlOf(const TestSite& site);

}  // namespace gatehouse
