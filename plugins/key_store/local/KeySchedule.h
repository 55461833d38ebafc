// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/KeyStore.h>

#include "KeyRing.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Where a key is in its life.
struct KeyPhase {
    KeyState state = KeyState::pending;
    TimePoint changes = never;  ///< when it enters its next state
};

/// When keys are made, signed with, and purged. A key's state follows from the stored times and the
/// clock alone, so all nodes agree on it without writing.
struct KeySchedule {
    std::vector<std::string_view> algorithms;  ///< in the order of the configuration
    milliseconds publishFor{};  ///< from being made to being signed with
    milliseconds keepFor{};  ///< from its successor's first signature to being purged
    milliseconds rotateEvery{};  ///< from one key's first signature to the next one's; 0: never

    /// nullopt: its time is over, purge it.
    std::optional<KeyPhase> phaseOf(const KeyRing& ring, const RingKey& key, TimePoint now) const;
    /// When the keys of a ring change their states, past and to come.
    std::vector<TimePoint> changesOf(const KeyRing& ring) const;
    /// Algorithms for which a key must be made now.
    std::vector<std::string_view> due(const KeyRing& ring, TimePoint now) const;
    /// Algorithms of which no key is pending.
    std::vector<std::string_view> settled(const KeyRing& ring, TimePoint now) const;
    bool uses(std::string_view algorithm) const noexcept;
};

}  // namespace gatehouse
