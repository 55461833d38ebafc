// SPDX-License-Identifier: Apache-2.0
#include "ListenerBed.h"

#include <cppunit/TestAssert.h>

#include <chrono>
#include <stdexcept>
#include <thread>
#include <utility>

namespace gatehouse {

namespace {

constexpr seconds patience{30};

HttpResponse say(std::string body) {
    HttpResponse response;
    response.body = std::move(body);
    return response;
}

HttpResponse who(const Context& context, const HttpRequest& request) {
    return say(request.remoteAddress + "|" + (request.isSecure ? "secure" : "plain") + "|" +
               std::string(context.requestId) + "|" + std::string(context.traceParent) + "|" +
               context.issuer.url);
}

HttpResponse fail(const Context& /*context*/, const HttpRequest& /*request*/) {
    throw std::runtime_error("the secret inside");
}

HttpResponse split(const Context& /*context*/, const HttpRequest& /*request*/) {
    HttpResponse response;
    response.set("Location", "/\r\nSet-Cookie: evil=1");
    return response;
}

}  // namespace

void Gates::pass(const std::string& name) {
    std::unique_lock<std::mutex> lock(mutex_);
    entered_.insert(name);
    changed_.notify_all();
    changed_.wait(lock, [&] { return areAllOpen_ || opened_.count(name) > 0; });
}

void Gates::waitUntilEntered(const std::string& name) {
    std::unique_lock<std::mutex> lock(mutex_);
    CPPUNIT_ASSERT_MESSAGE(
        name, changed_.wait_for(lock, patience, [&] { return entered_.count(name) > 0; }));
}

bool Gates::hasEntered(const std::string& name) {
    const std::lock_guard<std::mutex> lock(mutex_);
    return entered_.count(name) > 0;
}

void Gates::open(const std::string& name) {
    const std::lock_guard<std::mutex> lock(mutex_);
    opened_.insert(name);
    changed_.notify_all();
}

void Gates::openAll() {
    const std::lock_guard<std::mutex> lock(mutex_);
    areAllOpen_ = true;
    changed_.notify_all();
}

ListenerBed::ListenerBed(std::function<void(ListenerSettings&)> change) {
    ListenerSettings settings;
    settings.port = 0;
    settings.loops = 1;
    if (change) {
        change(settings);
    }
    lanes.emplace(LaneSizes{{8, 64}, {2, 2}, {1, 1}}, metrics);
    router = *Router::make({{1, "https://id.example.org", ""}}, routes(), metrics);
    listener.emplace(
        settings, *lanes, [this] { return router; }, log, metrics, clock);
    const auto opened = listener->open();
    CPPUNIT_ASSERT_MESSAGE(opened ? "" : opened.error().detail, bool(opened));
    listener->start();
}

ListenerBed::~ListenerBed() {
    gates.openAll();
    listener.reset();
    lanes.reset();
}

void ListenerBed::waitFor(const std::string& metric, const Labels& labels, double value) {
    const auto until = std::chrono::steady_clock::now() + patience;
    while (metrics.value(metric, labels) != value && std::chrono::steady_clock::now() < until) {
        std::this_thread::yield();
    }
    CPPUNIT_ASSERT_EQUAL_MESSAGE(metric, value, metrics.value(metric, labels));
}

std::vector<testkit::FakeLog::Line> ListenerBed::requests() const {
    std::vector<testkit::FakeLog::Line> lines;
    for (const auto& line : log.lines()) {
        if (line.message == "request") {
            lines.push_back(line);
        }
    }
    return lines;
}

std::vector<Route> ListenerBed::routes() {
    const Handler loop = [](const Context&, const HttpRequest& request) {
        return say("loop" + request.body);
    };
    const Handler worker = [](const Context&, const HttpRequest& request) {
        return say(std::string(request.parameter("x")) + request.body);
    };
    const Handler gate = [this](const Context&, const HttpRequest& request) {
        gates.pass(std::string(request.parameter("x")));
        return say(std::string(request.parameter("x")));
    };
    const Handler large = [](const Context&, const HttpRequest&) {
        return say(std::string(largeSize, 'x'));
    };
    const Handler held = [this](const Context&, const HttpRequest&) {
        gates.pass("held");
        return say("held");
    };
    return {
        {"GET", "/held", Lane::loop, held},
        {"GET", "/loop", Lane::loop, loop},
        {"POST", "/loop", Lane::loop, loop},
        {"GET", "/worker/{x}", Lane::protocol, worker},
        {"POST", "/worker/{x}", Lane::protocol, worker},
        {"GET", "/gate/{x}", Lane::protocol, gate},
        {"GET", "/admin/{x}", Lane::admin, gate},
        {"GET", "/large", Lane::people, large},
        {"GET", "/throws", Lane::protocol, fail},
        {"GET", "/splits", Lane::loop, split},
        {"GET", "/who", Lane::loop, who},
        {"POST", "/open", Lane::protocol, worker, true},
    };
}

}  // namespace gatehouse
