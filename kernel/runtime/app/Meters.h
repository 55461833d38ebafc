// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/point/MetricsExporter.h>

#include <array>
#include <atomic>
#include <cstdint>

namespace gatehouse {

constexpr std::size_t cacheLine = 64;

/// Counts without a lock.
class AtomicCounter final : public Counter {
public:
    void add(std::uint64_t amount) noexcept override {
        value_.fetch_add(amount, std::memory_order_relaxed);
    }
    std::uint64_t value() const noexcept { return value_.load(std::memory_order_relaxed); }

private:
    alignas(cacheLine) std::atomic<std::uint64_t> value_{0};
};

/// The last value set.
class AtomicGauge final : public Gauge {
public:
    void set(double value) noexcept override { value_.store(value, std::memory_order_relaxed); }
    double value() const noexcept { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<double> value_{0};
};

/// Durations in fixed buckets, from half a millisecond to ten seconds.
class AtomicHistogram final : public Histogram {
public:
    static constexpr std::array<double, 14> bounds{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                   0.1,    0.25,  0.5,    1,     2.5,  5,     10};

    void observe(double value) noexcept override;
    /// Fills buckets, count and sum.
    void copyTo(MetricSample& sample) const;

private:
    alignas(cacheLine) std::array<std::atomic<std::uint64_t>, bounds.size() + 1> buckets_{};
    std::atomic<std::uint64_t> nanoseconds_{0};
};

}  // namespace gatehouse
