// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Jobs.h>
#include <gatehouse/Outgoing.h>
#include <gatehouse/point/EventSink.h>

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <string>
#include <vector>

namespace gatehouse {

class DeliveryText;

/// Tells audit events to a URL, signed, at least once each: a batch is a durable job before it
/// counts as taken, and goes out from there.
class WebhookSink final : public EventSink {
public:
    Status configure(const Config& config, Host& host) override;
    Status start() override;
    void stop() noexcept override;
    /// Returns when all of them are durable; throws when the sink stops before.
    void publish(const std::vector<Event>& events) override;

private:
    void keep(const DeliveryText& delivery);
    Status deliver(const Context& context, const DueJob& job) const;

    Host* host_ = nullptr;
    OutgoingCalls* calls_ = nullptr;
    Counter* taken_ = nullptr;
    std::string url_;
    Secret key_;
    std::size_t batch_ = 0;
    std::mutex mutex_;
    std::condition_variable stopping_;
    bool isStopping_ = false;
};

}  // namespace gatehouse
