// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/point/MetricsExporter.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace gatehouse {

/// All metrics of the process. Counting is lock-free; asking for a metric and snapshot() take a
/// lock. Threads: any. Asking for a name that exists as another type throws std::logic_error.
class MetricsRegistry final : public Metrics {
public:
    MetricsRegistry();
    MetricsRegistry(const MetricsRegistry&) = delete;
    MetricsRegistry& operator=(const MetricsRegistry&) = delete;
    ~MetricsRegistry() override;

    Counter& counter(std::string_view name, std::string_view help, const Labels& labels) override;
    Gauge& gauge(std::string_view name, std::string_view help, const Labels& labels) override;
    Histogram& histogram(std::string_view name, std::string_view help,
                         const Labels& labels) override;

    /// Everything at this moment, by name and labels.
    MetricsSnapshot snapshot() const;

private:
    struct Series;
    struct Family;
    Series& series(std::string_view name, std::string_view help, MetricFamily::Type type,
                   const Labels& labels);

    mutable std::mutex mutex_;
    std::map<std::string, std::unique_ptr<Family>, std::less<>> families_;
};

}  // namespace gatehouse
