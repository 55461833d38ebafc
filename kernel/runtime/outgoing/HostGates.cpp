// SPDX-License-Identifier: Apache-2.0
#include "outgoing/HostGates.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

Status HostGates::enter(const std::string& origin) {
    const auto now = clock_.steady();
    const std::lock_guard lock(mutex_);
    if (gates_.count(origin) == 0 && gates_.size() >= limits_.origins && !makeRoom()) {
        return Error::unavailable("too many servers are asked at once");
    }
    Gate& gate = gates_[origin];
    const bool isFailing = gate.failures >= limits_.failures;
    if (isFailing && (gate.closedUntil > now || gate.calls > 0)) {
        return Error::unavailable(origin + " has failed " + std::to_string(gate.failures) +
                                  " times in a row and is left alone for a while");
    }
    if (gate.calls >= limits_.calls) {
        return Error::unavailable("as many calls as allowed are under way to " + origin);
    }
    ++gate.calls;
    return done();
}

void HostGates::leave(const std::string& origin, const std::string& failure) {
    const std::lock_guard lock(mutex_);
    Gate& gate = gates_[origin];
    --gate.calls;
    if (failure.empty()) {
        if (gate.failures >= limits_.failures) {
            log_.write(Level::info, origin + " answers again");
        }
        gate.failures = 0;
        return;
    }
    gate.waiting.clear();
    gate.closedUntil = clock_.steady() + limits_.pause;
    if (++gate.failures == limits_.failures) {
        log_.write(Level::warning, origin + " fails and is left alone for a while: " + failure);
    }
}

HostGates::Connection HostGates::take(const std::string& origin) {
    const auto now = clock_.steady();
    const std::lock_guard lock(mutex_);
    auto& waiting = gates_[origin].waiting;
    while (!waiting.empty()) {
        Waiting last = std::move(waiting.back());
        waiting.pop_back();
        if (last.until > now && !last.connection->isStale()) {
            return std::move(last.connection);
        }
    }
    return nullptr;
}

void HostGates::giveBack(const std::string& origin, Connection connection) {
    const auto until = clock_.steady() + limits_.idle;
    const std::lock_guard lock(mutex_);
    auto& waiting = gates_[origin].waiting;
    if (waiting.size() < limits_.idleConnections) {
        waiting.push_back({std::move(connection), until});
    }
}

/// What is idle is forgotten; then what was to be left alone for the shortest time, so that names
/// which fail, of whatever number, keep nobody from the others.
bool HostGates::makeRoom() {
    const auto now = clock_.steady();
    auto first = gates_.end();
    for (auto gate = gates_.begin(); gate != gates_.end();) {
        if (isIdle(gate->second, now)) {
            gate = gates_.erase(gate);
            continue;
        }
        const bool isFree = gate->second.calls == 0;
        if (isFree &&
            (first == gates_.end() || gate->second.closedUntil < first->second.closedUntil)) {
            first = gate;
        }
        ++gate;
    }
    if (gates_.size() >= limits_.origins && first != gates_.end()) {
        gates_.erase(first);
    }
    return gates_.size() < limits_.origins;
}

bool HostGates::isIdle(const Gate& gate, SteadyPoint now) const {
    return gate.calls == 0 && (gate.failures < limits_.failures || gate.closedUntil <= now);
}

}  // namespace gatehouse
