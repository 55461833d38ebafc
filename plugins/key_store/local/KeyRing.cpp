// SPDX-License-Identifier: Apache-2.0
#include "KeyRing.h"

#include <mutex>

namespace gatehouse {

const RingKey* KeyRing::find(std::string_view id) const noexcept {
    for (const auto& key : keys) {
        if (key.id == id) {
            return &key;
        }
    }
    return nullptr;
}

KeyRings::Kept KeyRings::kept(IssuerId issuer) const {
    const std::shared_lock<std::shared_mutex> lock(mutex_);
    const auto found = rings_.find(issuer);
    return found == rings_.end() ? Kept{} : found->second;
}

void KeyRings::put(IssuerId issuer, std::shared_ptr<const KeyRing> ring) {
    const std::unique_lock<std::shared_mutex> lock(mutex_);
    putLocked(rings_[issuer], std::move(ring));
}

void KeyRings::putRead(IssuerId issuer, std::shared_ptr<const KeyRing> ring) {
    const std::unique_lock<std::shared_mutex> lock(mutex_);
    Kept& kept = rings_[issuer];
    if (kept.ring == nullptr || kept.ring->version <= ring->version) {
        putLocked(kept, std::move(ring));
    }
}

void KeyRings::putLocked(Kept& kept, std::shared_ptr<const KeyRing> ring) {
    if (kept.ring != ring) {
        kept = {std::move(ring), ++puts_};
    }
}

void KeyRings::clear() {
    const std::unique_lock<std::shared_mutex> lock(mutex_);
    rings_.clear();
}

}  // namespace gatehouse
