// SPDX-License-Identifier: Apache-2.0
#include "store/WriteQueue.h"

#include "text/Thrown.h"
#include "thread/Bell.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace gatehouse {

/// A worker's batch; it lives on the worker's stack until it is answered.
struct WriteQueue::Entry {
    Entry(const Context& from, Batch given) : context(from), batch(std::move(given)) {}

    const Context& context;
    Batch batch;
    std::optional<Result<Outcome>> result;
    enum class Turn { waits, leads, isAnswered } turn = Turn::waits;
    Bell told;  ///< rings when it is this worker's turn; it may be gone right after

    void tell(Turn next) {
        turn = next;
        told.ring();
    }
};

namespace {

using Place = std::pair<std::string_view, std::string_view>;

Place firstKey(const Batch& batch) {
    if (batch.puts.empty()) {
        return {};
    }
    return {batch.puts.front().kind, batch.puts.front().key};
}

/// One call for a whole group. What it throws may have come before the commit, in the middle of it
/// or after.
Result<std::vector<Outcome>> applyAll(Storage& storage, const Context& context,
                                      const std::vector<Batch>& batches) {
    try {
        auto outcomes = storage.apply(context, batches);
        if (outcomes && outcomes->size() != batches.size()) {
            return Error::internal("storage answered another number of outcomes than batches");
        }
        return outcomes;
    } catch (...) {
        return Error::unknown("storage threw: " + whatWasThrown());
    }
}

Bell::Moment realDeadline(const Context& context, const Clock& clock) {
    constexpr std::chrono::hours farAway{1};
    const auto left =
        context.deadline == noDeadline ? milliseconds(farAway) : context.deadline - clock.steady();
    return std::chrono::steady_clock::now() +
           std::clamp<milliseconds>(left, milliseconds{0}, farAway);
}

}  // namespace

Result<Outcome> WriteQueue::apply(const Context& context, Batch batch) {
    Entry entry(context, std::move(batch));
    std::unique_lock<std::mutex> lock(mutex_);
    if (isStopped_) {
        return Error::unavailable("the storage is being stopped");
    }
    if (waiting_.size() >= limits_.waiting) {
        return Error::unavailable("too many writes are waiting for the storage");
    }
    waiting_.push_back(&entry);
    if (isCommitting_) {
        lock.unlock();
        if (!wait(context, entry)) {
            return Error::unavailable("the storage did not come round to this write in time");
        }
        if (entry.turn == Entry::Turn::isAnswered) {
            return *std::move(entry.result);
        }
        lock.lock();
    }
    isCommitting_ = true;
    lead(lock);
    return *std::move(entry.result);
}

/// False when the deadline passed and the entry is out of the queue.
bool WriteQueue::wait(const Context& context, Entry& entry) {
    if (entry.told.waitUntil(realDeadline(context, clock_))) {
        return true;
    }
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        const auto place = std::find(waiting_.begin(), waiting_.end(), &entry);
        if (place != waiting_.end() && entry.turn == Entry::Turn::waits) {
            waiting_.erase(place);
            return false;
        }
    }
    // It is being committed: the answer decides, and the storage keeps to its own limit.
    entry.told.wait();
    return true;
}

/// Commits the group at the head of the queue, the caller's own batch in it, then hands the lead
/// on.
void WriteQueue::lead(std::unique_lock<std::mutex>& lock) {
    const Group group = takeGroup();
    lock.unlock();
    commit(group);
    lock.lock();
    passOn();
    lock.unlock();
    // Only now, so that the next commit begins while the workers of this one wake up.
    for (Entry* entry : group) {
        entry->tell(Entry::Turn::isAnswered);
    }
}

WriteQueue::Group WriteQueue::takeGroup() {
    const std::size_t size = std::min(waiting_.size(), limits_.group);
    const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(size);
    Group group(waiting_.begin(), end);
    waiting_.erase(waiting_.begin(), end);
    std::stable_sort(group.begin(), group.end(), [](const Entry* left, const Entry* right) {
        return firstKey(left->batch) < firstKey(right->batch);
    });
    return group;
}

void WriteQueue::commit(const Group& group) {
    std::vector<Batch> batches;
    batches.reserve(group.size());
    const Entry* patient = group.front();
    for (Entry* entry : group) {
        batches.push_back(std::move(entry->batch));
        patient = entry->context.deadline > patient->context.deadline ? entry : patient;
    }
    auto outcomes = applyAll(storage_, patient->context, batches);
    if (!outcomes && !outcomes.error().isTemporary() && group.size() > 1) {
        commitOneByOne(group, batches);
        return;
    }
    for (std::size_t index = 0; index < group.size(); ++index) {
        group[index]->result = outcomes ? Result<Outcome>(std::move((*outcomes)[index]))
                                        : Result<Outcome>(outcomes.error());
    }
}

/// A batch that makes its whole group fail must hurt nobody else.
void WriteQueue::commitOneByOne(const Group& group, std::vector<Batch>& batches) {
    for (std::size_t index = 0; index < group.size(); ++index) {
        auto outcomes = applyAll(storage_, group[index]->context, {std::move(batches[index])});
        group[index]->result = outcomes ? Result<Outcome>(std::move(outcomes->front()))
                                        : Result<Outcome>(outcomes.error());
    }
}

void WriteQueue::passOn() {
    if (!waiting_.empty()) {
        waiting_.front()->tell(Entry::Turn::leads);
        return;
    }
    isCommitting_ = false;
    idle_.notify_all();
}

void WriteQueue::start() {
    const std::lock_guard<std::mutex> lock(mutex_);
    isStopped_ = false;
}

std::size_t WriteQueue::waiting() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return waiting_.size();
}

void WriteQueue::stop() noexcept {
    std::unique_lock<std::mutex> lock(mutex_);
    isStopped_ = true;
    idle_.wait(lock, [this] { return !isCommitting_; });
}

}  // namespace gatehouse
