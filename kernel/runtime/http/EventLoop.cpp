// SPDX-License-Identifier: Apache-2.0
#include "http/EventLoop.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace gatehouse {

namespace {

using Steady = std::chrono::steady_clock;

constexpr milliseconds lingerTimeout{2'000};
constexpr milliseconds shortestIdle{1'000};
constexpr milliseconds firstRequestTimeout{1'000};  // while draining
constexpr milliseconds acceptPause{100};
constexpr milliseconds tick{10};  // time limits are kept this exactly
constexpr int acceptsInARow = 64;
constexpr int evictionTries = 8;

constexpr std::array phases{
    ClientConnection::Phase::handshaking, ClientConnection::Phase::idle,
    ClientConnection::Phase::reading,     ClientConnection::Phase::running,
    ClientConnection::Phase::writing,     ClientConnection::Phase::lingering};

}  // namespace

EventLoop::EventLoop(LoopShare& share, std::size_t self)
    : share_(share), self_(*share.loops[self]), acceptor_(share, self),
      driver_(share, *share.loops[self]) {
    poller_.addWakeUp(self_.mailbox->wakeUp().handle());
    beginAccepting();
    ++share_.accepting;
}

void EventLoop::run() noexcept {
    now_ = Steady::now();
    driver_.beginRound(now_);
    while (!isFinished()) {
        round();
    }
}

bool EventLoop::isFinished() {
    if (share_.pipeline->isDraining() && !isDraining_) {
        beginDrain();
    }
    if (share_.isCutOff) {
        cutOff();
        return true;
    }
    return isDraining_ && self_.connections == 0;
}

void EventLoop::round() {
    self_.rounds.fetch_add(1, std::memory_order_relaxed);
    const bool maySleep = !driver_.hasReady() && self_.mailbox->fallAsleep();
    const std::size_t count = poller_.wait(maySleep ? sleepLimit() : 0);
    const auto before = std::exchange(now_, Steady::now());
    driver_.beginRound(now_);
    for (std::size_t i = 0; i < count; ++i) {
        onEvent(poller_.event(i));
    }
    readMail();
    driver_.readOn();
    driver_.shakeHands();
    expire(before);
}

/// Until the next connection runs out of time; -1 when none can.
int EventLoop::sleepLimit() const noexcept {
    auto soonest = Steady::time_point::max();
    for (const auto phase : phases) {
        const auto* oldest = driver_.table().oldest(phase);
        if (oldest != nullptr) {
            soonest = std::min(soonest, oldest->since + limitOf(phase));
        }
    }
    if (!isAccepting_ && !isDraining_) {
        soonest = std::min(soonest, acceptsAgain_);
    }
    if (soonest == Steady::time_point::max()) {
        return -1;
    }
    const auto left = std::chrono::ceil<milliseconds>(soonest - now_);
    return static_cast<int>(std::clamp(left, tick, milliseconds{60'000}).count());
}

void EventLoop::onEvent(const Poller::Event& event) {
    switch (event.source) {
    case Poller::Event::Source::connection: driver_.onEvent(event.connection, event.mask); break;
    case Poller::Event::Source::listener: acceptSome(); break;
    case Poller::Event::Source::wakeUp: break;
    }
}

void EventLoop::readMail() {
    self_.mailbox->collect(mail_);
    for (auto& answer : mail_.answers) {
        driver_.deliver(answer);
    }
    for (auto& socket : mail_.sockets) {
        welcome(socket);
    }
    mail_.answers.clear();
    mail_.sockets.clear();
}

/// By a time before the wait: what came until then has been read, also when the process stood
/// still.
void EventLoop::expire(ClientConnection::Moment now) {
    for (const auto phase : phases) {
        auto* oldest = driver_.table().oldest(phase);
        while (oldest != nullptr && oldest->since + limitOf(phase) <= now) {
            driver_.timeOut(*oldest);
            oldest = driver_.table().oldest(phase);
        }
    }
    if (!isAccepting_ && !isDraining_ && acceptsAgain_ <= now_) {
        beginAccepting();
    }
}

milliseconds EventLoop::limitOf(Phase phase) const noexcept {
    const auto& settings = share_.settings;
    switch (phase) {
    case Phase::reading: return settings.headTimeout;
    case Phase::running:
    case Phase::writing: return settings.answerTimeout;
    case Phase::lingering: return lingerTimeout;
    default: break;
    }
    if (isDraining_) {
        return std::min(firstRequestTimeout, settings.idleTimeout);
    }
    if (phase == Phase::handshaking) {
        return settings.headTimeout;
    }
    const std::size_t half = settings.connections / 2 + 1;
    const std::size_t open = std::min<std::size_t>(share_.connections, settings.connections);
    if (open < half) {
        return settings.idleTimeout;
    }
    const auto left = static_cast<milliseconds::rep>(settings.connections - open);
    const auto shorter = settings.idleTimeout * left / static_cast<milliseconds::rep>(half);
    return std::max(shorter, std::min(shortestIdle, settings.idleTimeout));
}

void EventLoop::beginAccepting() {
    for (const auto& listening : share_.sockets) {
        poller_.addListener(listening.socket.impl()->sockfd());
    }
    isAccepting_ = true;
}

/// True when there may be more.
bool EventLoop::acceptSome() {
    for (int i = 0; i < acceptsInARow; ++i) {
        std::optional<AcceptedSocket> accepted;
        const auto outcome = acceptor_.acceptOne(accepted);
        if (outcome == Acceptor::Outcome::nothing) {
            return false;
        }
        if (outcome == Acceptor::Outcome::exhausted) {
            share_.meters.turnedAway(Turned::connectionsFull);
            if (!evictIdlest()) {
                stopAccepting();
                acceptsAgain_ = now_ + acceptPause;
            }
            return false;
        }
        if (accepted) {
            welcome(*accepted);
        }
    }
    return true;
}

void EventLoop::welcome(const AcceptedSocket& accepted) {
    if (share_.connections > share_.settings.connections && !evictIdlest()) {
        share_.meters.turnedAway(Turned::connectionsFull);
        --self_.connections;
        share_.meters.setConnections(--share_.connections);
        return;
    }
    driver_.add(accepted, poller_);
}

bool EventLoop::evictIdlest() {
    for (int i = 0; i < evictionTries; ++i) {
        auto* idlest = driver_.table().oldest(Phase::idle);
        if (idlest == nullptr) {
            return false;
        }
        if (driver_.closeIfIdle(*idlest)) {
            share_.meters.turnedAway(Turned::idleEvicted);
            return true;
        }
    }
    return false;
}

void EventLoop::stopAccepting() {
    if (isAccepting_) {
        for (const auto& listening : share_.sockets) {
            poller_.remove(listening.socket.impl()->sockfd());
        }
        isAccepting_ = false;
    }
}

void EventLoop::beginDrain() {
    isDraining_ = true;
    while (isAccepting_ && share_.ownsBacklog && acceptSome()) {
    }
    stopAccepting();
    if (--share_.accepting == 0) {
        for (auto& listening : share_.sockets) {
            listening.socket.close();
        }
    }
    std::vector<ClientConnection*> idle;
    for (auto* each = driver_.table().oldest(Phase::idle); each != nullptr; each = each->after) {
        idle.push_back(each);
    }
    for (auto* each : idle) {
        driver_.drain(*each);
    }
}

void EventLoop::cutOff() {
    for (const auto phase : phases) {
        while (auto* connection = driver_.table().oldest(phase)) {
            hasCutOff_ = true;
            driver_.close(*connection);
        }
    }
}

}  // namespace gatehouse
