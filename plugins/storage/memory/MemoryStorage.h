// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/point/Storage.h>

#include "RecordTable.h"
#include "limit/Counters.h"

#include <map>
#include <memory>
#include <shared_mutex>

namespace gatehouse {

/// Keeps records in this process, until it ends: for tests and for trying things out.
class MemoryStorage final : public Storage {
public:
    Status configure(const Config& config, Host& host) override;

    Result<std::vector<Outcome>> apply(const Context&, const std::vector<Batch>& batches) override;
    Result<std::optional<Record>> find(const Context&, std::string_view kind,
                                       std::string_view key) const override;
    Result<RecordPage> list(const Context&, std::string_view kind, const Link& link,
                            std::string_view after, std::size_t limit) const override;
    Result<std::int64_t> count(const Context&, std::string_view key, seconds window) override;
    Result<std::vector<Change>> changesSince(const Context&, std::uint64_t number) const override;
    Result<std::size_t> dropExpired(const Context&, TimePoint before, std::size_t atMost) override;

private:
    std::optional<Outcome> refusal(const Batch& batch, TimePoint now) const;
    void write(const Batch& batch, TimePoint now);
    std::size_t dropNotices(TimePoint before, std::size_t atMost);

    const Clock* clock_ = nullptr;
    mutable std::shared_mutex mutex_;
    RecordTable records_;
    std::map<std::uint64_t, Notice> notices_;
    std::uint64_t lastNotice_ = 0;
    std::unique_ptr<Counters> counters_;
};

}  // namespace gatehouse
