// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace gatehouse::testkit {

/// Counts, so that a test can look. A metric is found by "name" or "name{label=value,...}".
/// Threads: any.
class FakeMetrics final : public Metrics {
public:
    Counter& counter(std::string_view name, std::string_view /*help*/,
                     const Labels& labels) override {
        return metric(name, labels);
    }
    Gauge& gauge(std::string_view name, std::string_view /*help*/, const Labels& labels) override {
        return metric(name, labels);
    }
    Histogram& histogram(std::string_view name, std::string_view /*help*/,
                         const Labels& labels) override {
        return metric(name, labels);
    }

    /// A counter's or a gauge's value, or how often a histogram was observed; 0 when unknown.
    double value(std::string_view name, const Labels& labels = {}) const {
        const std::lock_guard<std::mutex> lock(mutex_);
        const auto found = metrics_.find(fullName(name, labels));
        return found == metrics_.end() ? 0 : found->second.value.load();
    }

private:
    struct Metric final : Counter, Gauge, Histogram {
        void add(std::uint64_t amount) noexcept override { raise(static_cast<double>(amount)); }
        void set(double to) noexcept override { value = to; }
        void observe(double /*seconds*/) noexcept override { raise(1); }
        void raise(double by) noexcept {
            double old = value.load();
            while (!value.compare_exchange_weak(old, old + by)) {
            }
        }
        std::atomic<double> value{0};
    };

    static std::string fullName(std::string_view name, const Labels& labels) {
        std::string full(name);
        for (const auto& label : labels) {
            full += (full.size() == name.size() ? "{" : ",") + label.first + "=" + label.second;
        }
        return labels.empty() ? full : full + "}";
    }
    Metric& metric(std::string_view name, const Labels& labels) {
        const std::lock_guard<std::mutex> lock(mutex_);
        return metrics_[fullName(name, labels)];
    }

    mutable std::mutex mutex_;
    std::map<std::string, Metric> metrics_;
};

}  // namespace gatehouse::testkit
