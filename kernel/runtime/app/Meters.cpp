// SPDX-License-Identifier: Apache-2.0
#include "app/Meters.h"

#include <algorithm>

namespace gatehouse {

namespace {

constexpr double nanosecondsASecond = 1e9;

}  // namespace

void AtomicHistogram::observe(double value) noexcept {
    const double seen = std::max(value, 0.0);
    const auto bucket = std::lower_bound(bounds.begin(), bounds.end(), seen) - bounds.begin();
    buckets_[static_cast<std::size_t>(bucket)].fetch_add(1, std::memory_order_relaxed);
    nanoseconds_.fetch_add(static_cast<std::uint64_t>(seen * nanosecondsASecond),
                           std::memory_order_relaxed);
}

void AtomicHistogram::copyTo(MetricSample& sample) const {
    for (std::size_t bucket = 0; bucket < buckets_.size(); ++bucket) {
        sample.count += buckets_[bucket].load(std::memory_order_relaxed);
        if (bucket < bounds.size()) {
            sample.buckets.emplace_back(bounds[bucket], sample.count);
        }
    }
    sample.value =
        static_cast<double>(nanoseconds_.load(std::memory_order_relaxed)) / nanosecondsASecond;
}

}  // namespace gatehouse
