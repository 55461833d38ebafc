// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Records.h>
#include <gatehouse/ReplayMarks.h>

#include "store/WriteQueue.h"

#include <memory>
#include <vector>

namespace gatehouse {

/// Which kinds a storage keeps.
enum class Keeps {
    everything,
    durable,  ///< what must not be lost, and the change feed
    passing  ///< replay marks, counters
};

/// The only way to stored things: routes a kind to its storage, commits the writes of many workers
/// together, keeps issuers apart. Threads: addStorage(), start() and stop() by the main thread,
/// everything else by any.
class RecordService final : public Records {
public:
    /// `clock` must outlive this.
    explicit RecordService(const Clock& clock) : clock_(clock) {}

    /// `storage` is borrowed. A storage given later takes over the kinds it keeps. Before start().
    void addStorage(Storage& storage, Keeps keeps = Keeps::everything);
    /// The storage behind these kinds; nullptr when none was added.
    Storage* durable() const noexcept { return durable_.storage; }
    Storage* passing() const noexcept { return passing_.storage; }
    void start();
    /// Refuses new writes and waits for those under way.
    void stop() noexcept;

    Result<std::optional<Record>> find(const Context&, std::string_view kind,
                                       std::string_view key) override;
    Result<Outcome> apply(const Context&, Batch batch) override;
    Result<bool> once(const Context&, std::string_view kind, std::string_view id, TimePoint until,
                      TimePoint earliest) override;
    /// Can a batch of what is durable have this mark in it? Then once() is the same and one more
    /// write; otherwise it is the only way.
    bool isForBatches(std::string_view kind, TimePoint until, TimePoint earliest) const noexcept;
    Result<RecordPage> list(const Context&, std::string_view kind, const Link& link,
                            std::string_view after, std::size_t limit) override;
    Result<std::int64_t> count(const Context&, std::string_view key, seconds window) override;

private:
    struct Lane {
        Storage* storage = nullptr;
        std::shared_ptr<WriteQueue> queue;
        ReplayMarks* marks = nullptr;  ///< of the storage, where it has them
    };

    Result<Outcome> applyAsOwn(const Context& context, Batch batch);
    const Lane& laneOf(std::string_view kind) const noexcept;
    const Lane* laneOf(const Batch& batch) const noexcept;
    ReplayMarks* marksFor(std::string_view kind, TimePoint until,
                          TimePoint earliest) const noexcept;

    const Clock& clock_;
    Lane durable_;
    Lane passing_;
};

}  // namespace gatehouse
