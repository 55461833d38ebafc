// SPDX-License-Identifier: Apache-2.0
// The bare listener with a route of each kind, for run.py: what serving costs before any protocol.
#include "http/Listener.h"
#include "tls/Certificates.h"

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace gatehouse {

namespace {

class SystemClock final : public Clock {
public:
    TimePoint now() const noexcept override {
        return std::chrono::time_point_cast<milliseconds>(std::chrono::system_clock::now());
    }
    SteadyPoint steady() const noexcept override {
        return std::chrono::time_point_cast<milliseconds>(std::chrono::steady_clock::now());
    }
};

class SilentLog final : public Log {
public:
    bool shows(Level level) const noexcept override { return level == Level::error; }
    void write(Level level, std::string_view message, const ValueMap& /*fields*/) override {
        if (shows(level)) {
            std::cerr << message << '\n';
        }
    }
    void write(const Context& /*context*/, Level level, std::string_view message,
               const ValueMap& fields) override {
        write(level, message, fields);
    }
    bool record(const std::vector<LogRecord>& /*records*/) override { return true; }
};

/// As dear as real ones: an atomic each, shared by all threads.
class AtomicMetrics final : public Metrics {
public:
    Counter& counter(std::string_view, std::string_view, const Labels&) override { return add(); }
    Gauge& gauge(std::string_view, std::string_view, const Labels&) override { return add(); }
    Histogram& histogram(std::string_view, std::string_view, const Labels&) override {
        return add();
    }

private:
    struct Metric final : Counter, Gauge, Histogram {
        void add(std::uint64_t amount) noexcept override { count += amount; }
        void set(double to) noexcept override { value = to; }
        void observe(double seconds) noexcept override {
            value = seconds;
            ++count;
        }
        std::atomic<std::uint64_t> count{0};
        std::atomic<double> value{0};
    };
    Metric& add() { return *metrics_.emplace_back(std::make_unique<Metric>()); }

    std::vector<std::unique_ptr<Metric>> metrics_;
};

HttpResponse json(const std::string& body) {
    HttpResponse response;
    response.set("Content-Type", "application/json");
    response.body = body;
    return response;
}

Handler answering(std::string body) {
    return [body = std::move(body)](const Context&, const HttpRequest&) { return json(body); };
}

HttpResponse slowly(const Context& /*context*/, const HttpRequest& /*request*/) {
    std::this_thread::sleep_for(milliseconds{5});
    return json("{}");
}

std::vector<Route> routes() {
    const std::string document = "{\"issuer\":\"" + std::string(1800, 'x') + "\"}";
    return {
        {"GET", "/loop", Lane::loop, answering(document)},
        {"GET", "/worker", Lane::protocol, answering("{\"ok\":true}")},
        {"POST", "/token", Lane::protocol, answering(std::string(700, 'x'))},
        {"GET", "/sleeping", Lane::protocol, slowly},
    };
}

int serve(ListenerSettings settings, const std::vector<CertificateFiles>& files) {
    SystemClock clock;
    SilentLog log;
    AtomicMetrics metrics;
    Certificates certificates(files, clock, log, metrics);
    if (!files.empty()) {
        if (const auto opened = certificates.open(); !opened) {
            std::cerr << opened.error().detail << '\n';
            return EXIT_FAILURE;
        }
        settings.certificates = &certificates;
    }
    Lanes lanes(LaneSizes{}, metrics);
    auto router = Router::make({{1, "http://127.0.0.1", ""}}, routes(), metrics);
    Listener listener(
        settings, lanes, [&router] { return *router; }, log, metrics, clock);
    const auto opened = listener.open();
    if (!opened) {
        std::cerr << opened.error().detail << '\n';
        return EXIT_FAILURE;
    }
    listener.start();
    std::cout << listener.port() << std::endl;

    sigset_t stops;
    sigemptyset(&stops);
    sigaddset(&stops, SIGTERM);
    sigaddset(&stops, SIGINT);
    int received = 0;
    sigwait(&stops, &received);
    return listener.drain() ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace

}  // namespace gatehouse

/// Prints its port, serves until SIGTERM. Arguments: number of loops; for TLS, certificate and key.
int main(int argc, char** argv) {
    sigset_t stops;
    sigemptyset(&stops);
    sigaddset(&stops, SIGTERM);
    sigaddset(&stops, SIGINT);
    pthread_sigmask(SIG_BLOCK, &stops, nullptr);

    gatehouse::ListenerSettings settings;
    settings.port = 0;
    settings.loops = argc > 1 ? static_cast<std::size_t>(std::atoi(argv[1])) : 0;
    std::vector<gatehouse::CertificateFiles> files;
    if (argc > 3) {
        files.push_back({argv[2], argv[3]});
    }
    return gatehouse::serve(settings, files);
}
