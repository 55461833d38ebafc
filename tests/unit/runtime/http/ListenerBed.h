// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/testkit/FakeClock.h>
#include <gatehouse/testkit/FakeLog.h>
#include <gatehouse/testkit/FakeMetrics.h>

#include "http/Listener.h"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace gatehouse {

/// Lets a test hold a handler and let it go.
class Gates {
public:
    /// On a worker: says it is there, then waits until the name is opened.
    void pass(const std::string& name);
    void waitUntilEntered(const std::string& name);
    bool hasEntered(const std::string& name);
    void open(const std::string& name);
    void openAll();

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::set<std::string> entered_;
    std::set<std::string> opened_;
    bool areAllOpen_ = false;
};

/// A listener on a free loopback port with routes for tests:
/// GET,POST /loop        says "loop" and the body, on the loop
/// GET,POST /worker/{x}  says x and the body, on a worker
/// GET /held             on the loop, which stands still until the gate "held" is open
/// GET /gate/{x}         the same once the gate x is open
/// GET /admin/{x}        the same on the admin lane, of one thread and a queue of one
/// GET /large            4 MiB
/// GET /throws, /splits  fail
/// GET /who              address, secure, request id, trace
/// POST /open            any origin
class ListenerBed {
public:
    explicit ListenerBed(std::function<void(ListenerSettings&)> change = {});
    ~ListenerBed();

    std::uint16_t port() const { return listener->port(); }
    /// Waits until a metric has this value; fails after half a minute.
    void waitFor(const std::string& metric, const Labels& labels, double value);
    void waitForRefusal(const std::string& reason) {
        waitFor("gatehouse_http_refused_total", {{"reason", reason}}, 1);
    }
    void waitForConnections(double count) { waitFor("gatehouse_http_connections", {}, count); }
    /// Lines of the access log so far.
    std::vector<testkit::FakeLog::Line> requests() const;

    static constexpr std::size_t largeSize = 4 * 1024 * 1024;

    Gates gates;
    testkit::FakeClock clock;
    testkit::FakeLog log;
    testkit::FakeMetrics metrics;
    std::optional<Lanes> lanes;
    std::shared_ptr<const Router> router;
    std::optional<Listener> listener;

private:
    std::vector<Route> routes();
};

}  // namespace gatehouse
