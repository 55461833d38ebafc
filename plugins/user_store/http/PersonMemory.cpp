// SPDX-License-Identifier: Apache-2.0
#include "PersonMemory.h"

#include <iterator>

namespace gatehouse {

std::optional<std::optional<User>> PersonMemory::find(std::string_view key) {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto known = byKey_.find(key);
    if (known == byKey_.end() || clock_.steady() >= known->second->until) {
        return std::nullopt;
    }
    return known->second->person;
}

void PersonMemory::note(const std::string& key, const std::optional<User>& person, seconds fresh) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (const auto known = byKey_.find(key); known != byKey_.end()) {
        forget(known->second);
    }
    if (fresh <= seconds{0} || most_ == 0) {
        return;
    }
    if (entries_.size() >= most_) {
        forget(std::prev(entries_.end()));
    }
    entries_.push_front({key, person, clock_.steady() + fresh});
    byKey_.emplace(entries_.front().key, entries_.begin());
}

void PersonMemory::forget(Entries::iterator entry) {
    byKey_.erase(entry->key);
    entries_.erase(entry);
}

}  // namespace gatehouse
