// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/point/Storage.h>

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <vector>

namespace gatehouse {

/// Group commit: whatever workers hand in while a commit is under way makes up the next one. It has
/// no thread of its own; the first worker that waits commits for all the others. Threads: any.
class WriteQueue {
public:
    struct Limits {
        std::size_t waiting = 4096;  ///< batches that wait before more are refused
        std::size_t group = 256;  ///< batches of one commit
    };

    /// Both must outlive this.
    WriteQueue(Storage& storage, const Clock& clock) : WriteQueue(storage, clock, Limits{}) {}
    WriteQueue(Storage& storage, const Clock& clock, Limits limits)
        : storage_(storage), clock_(clock), limits_(limits) {}
    WriteQueue(const WriteQueue&) = delete;
    WriteQueue& operator=(const WriteQueue&) = delete;
    ~WriteQueue() { stop(); }

    /// Blocks until the batch is durable, refused, or the context's deadline has passed while it
    /// still waited. Fault::unavailable when the queue is full or stopped.
    Result<Outcome> apply(const Context& context, Batch batch);
    void start();
    /// Refuses what comes from now on and waits for what is under way.
    void stop() noexcept;
    /// How many batches wait for the commit under way to end.
    std::size_t waiting() const;

private:
    struct Entry;
    using Group = std::vector<Entry*>;

    bool wait(const Context& context, Entry& entry);
    void lead(std::unique_lock<std::mutex>& lock);
    Group takeGroup();
    void commit(const Group& group);
    void commitOneByOne(const Group& group, std::vector<Batch>& batches);
    void passOn();

    Storage& storage_;
    const Clock& clock_;
    const Limits limits_;
    mutable std::mutex mutex_;
    std::condition_variable idle_;
    std::deque<Entry*> waiting_;
    bool isCommitting_ = false;
    bool isStopped_ = false;
};

}  // namespace gatehouse
