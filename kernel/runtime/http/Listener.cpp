// SPDX-License-Identifier: Apache-2.0
#include "http/Listener.h"

#include "http/EventLoop.h"
#include "http/ListeningSockets.h"
#include "http/LoopShare.h"

#include <Poco/Exception.h>

#include <pthread.h>
#include <sys/resource.h>

#include <algorithm>
#include <future>
#include <thread>
#include <utility>
#include <vector>

namespace gatehouse {

namespace {

constexpr std::size_t mostLoops = 4;
constexpr rlim_t otherDescriptors = 512;  // files, storages, outgoing connections

std::size_t loopCount(const ListenerSettings& settings) {
    const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
    return settings.loops == 0 ? std::min(cores, mostLoops) : settings.loops;
}

/// Raises the descriptor limit as far as it goes; how many connections it then allows.
std::size_t allowedConnections(std::size_t wanted) {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) {
        return wanted;
    }
    const rlim_t needed = wanted + otherDescriptors;
    if (limit.rlim_cur < needed) {
        limit.rlim_cur = std::min<rlim_t>(needed, limit.rlim_max);
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
    const rlim_t spare = std::min(otherDescriptors, limit.rlim_cur / 2);
    return std::min<std::size_t>(wanted, limit.rlim_cur - spare);
}

}  // namespace

class Listener::State {
public:
    State(ListenerSettings given, Lanes& lanes, RouterSource source, Log& log, Metrics& metrics,
          Clock& clock)
        : settings(std::move(given)), lanes_(lanes), source_(std::move(source)), log_(log),
          metrics_(metrics), clock_(clock) {}

    Status open() {
        auto trust = ProxyTrust::of(settings.trustedProxies, settings.proxiesTellCertificates);
        if (!trust) {
            return trust.error();
        }
        auto sockets = listen();
        if (!sockets) {
            return sockets.error();
        }
        limitConnections();
        auto pipeline =
            std::make_shared<RequestPipeline>(settings, std::move(*trust), log_, metrics_, clock_);
        share_ = std::make_unique<LoopShare>(settings, lanes_, source_, std::move(pipeline),
                                             metrics_, *std::move(sockets));
        port_ = share_->sockets.front().socket.address().port();
        address_ = textOf(share_->sockets);
        if (settings.inheritedSocket >= 0) {
            warnOfOtherAddress();
        }
        return done();
    }

    void start() {
        const std::size_t count = loopCount(settings);
        for (std::size_t i = 0; i < count; ++i) {
            share_->loops.push_back(std::make_unique<LoopShare::Peer>());
        }
        for (std::size_t i = 0; i < count; ++i) {
            loops_.push_back(std::make_unique<EventLoop>(*share_, i));
        }
        for (auto& loop : loops_) {
            std::packaged_task<void()> task([&loop = *loop] { loop.run(); });
            ends_.push_back(task.get_future());
            threads_.emplace_back(std::move(task));
            pthread_setname_np(threads_.back().native_handle(), "http");
        }
    }

    bool isMoving() {
        bool haveAllMoved = true;
        rounds_.resize(share_->loops.size());
        for (std::size_t i = 0; i < rounds_.size(); ++i) {
            const auto now = share_->loops[i]->rounds.load(std::memory_order_relaxed);
            haveAllMoved = haveAllMoved && now != rounds_[i];
            rounds_[i] = now;
        }
        nudgeAll();
        return haveAllMoved;
    }

    bool drain(milliseconds patience) {
        if (share_ == nullptr) {
            return true;
        }
        share_->pipeline->drain();
        nudgeAll();
        const auto until = std::chrono::steady_clock::now() + patience;
        for (auto& end : ends_) {
            end.wait_until(until);
        }
        share_->isCutOff = true;
        nudgeAll();
        for (auto& thread : threads_) {
            thread.join();
        }
        const bool wasClean = std::none_of(loops_.begin(), loops_.end(),
                                           [](const auto& loop) { return loop->hasCutOff(); });
        threads_.clear();
        ends_.clear();
        loops_.clear();
        share_.reset();
        return wasClean;
    }

    std::uint16_t port() const noexcept { return port_; }
    const std::string& address() const noexcept { return address_; }

    ListenerSettings settings;

private:
    Result<ListeningSockets> listen() const {
        auto sockets = settings.inheritedSocket < 0 ? listenAt(settings.host, settings.port)
                                                    : takeOver(settings.inheritedSocket);
        if (!sockets || settings.mutualPort == 0) {
            return sockets;
        }
        auto mutual = listenAt(settings.mutualHost, settings.mutualPort);
        if (!mutual) {
            return mutual;
        }
        for (auto& each : *mutual) {
            each.asksForCertificate = true;
            sockets->push_back(std::move(each));
        }
        return sockets;
    }

    Result<ListeningSockets> listenAt(const std::string& host, std::uint16_t port) const {
        try {
            return listenOn(addressesOf(host, port), log_);
        } catch (const Poco::Exception& error) {
            return Error::unavailable("cannot listen on " + host + ":" + std::to_string(port) +
                                      ": " + error.displayText());
        }
    }

    static Result<ListeningSockets> takeOver(int handle) {
        try {
            return ListeningSockets{{takenOver(handle)}};
        } catch (const Poco::Exception& error) {
            return Error::unavailable("cannot listen on the socket given: " + error.displayText());
        }
    }

    void limitConnections() {
        const std::size_t allowed = allowedConnections(settings.connections);
        if (allowed < settings.connections) {
            log_.write(Level::warning, "fewer connections than configured: descriptor limit",
                       {{"connections", static_cast<std::int64_t>(allowed)},
                        {"configured", static_cast<std::int64_t>(settings.connections)}});
            settings.connections = allowed;
        }
    }

    void warnOfOtherAddress() const {
        const std::string port = ":" + std::to_string(settings.port);
        for (const auto& host : {settings.host, "[" + settings.host + "]"}) {
            if (host + port == address_) {
                return;
            }
        }
        log_.write(Level::warning, "the socket given listens on " + address_ +
                                       "; server.host and server.port, " + settings.host + port +
                                       ", do not count");
    }

    void nudgeAll() {
        for (auto& peer : share_->loops) {
            peer->mailbox->nudge();
        }
    }

    Lanes& lanes_;
    RouterSource source_;
    Log& log_;
    Metrics& metrics_;
    Clock& clock_;
    std::unique_ptr<LoopShare> share_;
    std::vector<std::unique_ptr<EventLoop>> loops_;
    std::vector<std::thread> threads_;
    std::vector<std::future<void>> ends_;
    std::vector<std::uint64_t> rounds_;  // of each loop, when isMoving() last looked
    std::uint16_t port_ = 0;
    std::string address_;
};

Listener::Listener(const ListenerSettings& settings, Lanes& lanes, RouterSource router, Log& log,
                   Metrics& metrics, Clock& clock)
    : state_(std::make_unique<State>(settings, lanes, std::move(router), log, metrics, clock)) {}

Listener::~Listener() {
    state_->drain(milliseconds{0});
}

Status Listener::open() {
    return state_->open();
}

std::uint16_t Listener::port() const noexcept {
    return state_->port();
}

std::string Listener::address() const {
    return state_->address();
}

void Listener::start() {
    state_->start();
}

bool Listener::isMoving() {
    return state_->isMoving();
}

bool Listener::drain() {
    return state_->drain(state_->settings.drainTimeout);
}

}  // namespace gatehouse
