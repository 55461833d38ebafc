// SPDX-License-Identifier: Apache-2.0
#include "KeySchedule.h"

#include <algorithm>
#include <iterator>

namespace gatehouse {

namespace {

const RingKey* successorOf(const KeyRing& ring, const RingKey& key) {
    const RingKey* next = nullptr;
    for (const auto& other : ring.keys) {
        const bool isLater = other.algorithm == key.algorithm && other.activates > key.activates;
        if (isLater && (next == nullptr || other.activates < next->activates)) {
            next = &other;
        }
    }
    return next;
}

const RingKey* newest(const KeyRing& ring, std::string_view algorithm) {
    const RingKey* found = nullptr;
    for (const auto& key : ring.keys) {
        if (key.algorithm == algorithm && (found == nullptr || key.activates > found->activates)) {
            found = &key;
        }
    }
    return found;
}

std::optional<KeyPhase> retiringUntil(TimePoint end, TimePoint now) {
    if (end <= now) {
        return std::nullopt;
    }
    return KeyPhase{KeyState::retiring, end};
}

}  // namespace

bool KeySchedule::uses(std::string_view algorithm) const noexcept {
    return std::find(algorithms.begin(), algorithms.end(), algorithm) != algorithms.end();
}

std::optional<KeyPhase> KeySchedule::phaseOf(const KeyRing& ring, const RingKey& key,
                                             TimePoint now) const {
    const bool isRotated = rotateEvery > milliseconds{0};
    const TimePoint plannedEnd = isRotated ? key.activates + rotateEvery : never;
    if (!uses(key.algorithm)) {
        return retiringUntil(isRotated ? plannedEnd + keepFor : never, now);
    }
    if (key.activates > now) {
        return KeyPhase{KeyState::pending, key.activates};
    }
    const RingKey* successor = successorOf(ring, key);
    if (successor == nullptr) {
        return KeyPhase{KeyState::active, plannedEnd};
    }
    if (successor->activates > now) {
        return KeyPhase{KeyState::active, successor->activates};
    }
    return retiringUntil(successor->activates + keepFor, now);
}

std::vector<TimePoint> KeySchedule::changesOf(const KeyRing& ring) const {
    std::vector<TimePoint> changes;
    for (const auto& key : ring.keys) {
        TimePoint moment = TimePoint::min();
        while (const auto phase = phaseOf(ring, key, moment)) {
            if (phase->changes <= moment || phase->changes == never) {
                break;
            }
            changes.push_back(moment = phase->changes);
        }
    }
    return changes;
}

std::vector<std::string_view> KeySchedule::settled(const KeyRing& ring, TimePoint now) const {
    std::vector<std::string_view> found;
    std::copy_if(algorithms.begin(), algorithms.end(), std::back_inserter(found),
                 [&](std::string_view algorithm) {
                     const RingKey* key = newest(ring, algorithm);
                     return key == nullptr || key->activates <= now;
                 });
    return found;
}

std::vector<std::string_view> KeySchedule::due(const KeyRing& ring, TimePoint now) const {
    std::vector<std::string_view> algorithmsDue;
    for (const auto algorithm : algorithms) {
        const RingKey* key = newest(ring, algorithm);
        const bool isOld = key != nullptr && rotateEvery > milliseconds{0} &&
                           key->activates + rotateEvery <= now + publishFor;
        if (key == nullptr || isOld) {
            algorithmsDue.push_back(algorithm);
        }
    }
    return algorithmsDue;
}

}  // namespace gatehouse
