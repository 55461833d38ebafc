// SPDX-License-Identifier: Apache-2.0
#include "job/JobHandlers.h"

#include "text/Thrown.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

void JobHandlers::add(const std::string& name, const void* owner, JobHandler work) {
    const std::lock_guard lock(mutex_);
    entries_.push_back(std::make_shared<Entry>(Entry{name, owner, std::move(work)}));
}

void JobHandlers::remove(const void* owner) {
    std::unique_lock lock(mutex_);
    Entries ending;
    const auto others = std::stable_partition(
        entries_.begin(), entries_.end(), [&](const auto& entry) { return entry->owner != owner; });
    ending.assign(others, entries_.end());
    entries_.erase(others, entries_.end());
    ended_.wait(lock, [&] {
        return std::all_of(ending.begin(), ending.end(),
                           [](const auto& entry) { return entry->running == 0; });
    });
}

bool JobHandlers::has(const std::string& name) const {
    const std::lock_guard lock(mutex_);
    return find(name) != entries_.rend();
}

bool JobHandlers::empty() const {
    const std::lock_guard lock(mutex_);
    return entries_.empty();
}

std::optional<Status> JobHandlers::run(const std::string& name, const Context& context,
                                       const DueJob& job) {
    std::shared_ptr<Entry> entry;
    {
        const std::lock_guard lock(mutex_);
        const auto found = find(name);
        if (found == entries_.rend()) {
            return std::nullopt;
        }
        entry = *found;
        ++entry->running;
    }
    Status outcome = done();
    try {
        outcome = entry->work(context, job);
    } catch (...) {
        outcome = Error::internal("the handler threw an exception: " + whatWasThrown());
    }
    {
        const std::lock_guard lock(mutex_);
        --entry->running;
    }
    ended_.notify_all();
    return outcome;
}

JobHandlers::Entries::const_reverse_iterator JobHandlers::find(const std::string& name) const {
    return std::find_if(entries_.rbegin(), entries_.rend(),
                        [&](const auto& entry) { return entry->name == name; });
}

}  // namespace gatehouse
