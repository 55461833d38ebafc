// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Checkable.h>
#include <gatehouse/Host.h>
#include <gatehouse/point/Storage.h>

#include "ConnectionPool.h"
#include "Dialer.h"
#include "RedisFailure.h"
#include "Script.h"
#include "ServerSettings.h"

#include <memory>
#include <string>

namespace gatehouse {

/// Keeps what passes in a Redis that several nodes share. Redis may lose it, and knows since when
/// it has lost nothing: see Expect::since. Times are this server's; Redis's own expiry only frees
/// memory. Nothing is sent twice.
class RedisStorage final : public With<Storage, Checkable> {
public:
    Status configure(const Config& config, Host& host) override;
    Status check() const override;
    Status start() override;
    void stop() noexcept override;

    Result<std::vector<Outcome>> apply(const Context&, const std::vector<Batch>& batches) override;
    Result<std::optional<Record>> find(const Context&, std::string_view kind,
                                       std::string_view key) const override;
    Result<RecordPage> list(const Context&, std::string_view kind, const Link& link,
                            std::string_view after, std::size_t limit) const override;
    Result<std::int64_t> count(const Context&, std::string_view key, seconds window) override;
    Result<std::vector<Change>> changesSince(const Context&, std::uint64_t number) const override;
    Result<std::size_t> dropExpired(const Context&, TimePoint before, std::size_t atMost) override;

private:
    Status readServer(const Config& config);
    Status readSentinels(const Config& config);
    std::unique_ptr<Connection> open();
    Reply applyOn(Connection& connection, const std::vector<Batch>& batches, Moment until) const;
    std::vector<Change> changesOn(Connection& connection, std::uint64_t number, Moment until) const;
    template <class Work>
    auto call(const Context& context, const Work& work,
              Error (RedisFailure::*errorOf)() const = &RedisFailure::error) const
        -> Result<decltype(work(std::declval<Connection&>(), Moment{}))>;
    Moment limitOf(const Context& context) const;

    const Clock* clock_ = nullptr;
    Log* log_ = nullptr;
    ServerSettings settings_;
    std::string prefix_;
    std::unique_ptr<Dialer> dialer_;
    mutable ConnectionPool pool_;  ///< last, as its thread uses the others
};

}  // namespace gatehouse
