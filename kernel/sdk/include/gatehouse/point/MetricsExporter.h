// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Plugin.h>
#include <gatehouse/Result.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace gatehouse {

/// One metric at one moment.
struct MetricSample {
    std::vector<std::pair<std::string, std::string>> labels;
    double value = 0;  ///< counter or gauge; for a histogram the sum, in seconds
    std::vector<std::pair<double, std::uint64_t>> buckets;  ///< upper bound, cumulative count
    std::uint64_t count = 0;  ///< of a histogram
};

struct MetricFamily {
    enum class Type { counter, gauge, histogram };
    std::string name;
    std::string help;
    Type type = Type::counter;
    std::vector<MetricSample> samples;
};

using MetricsSnapshot = std::vector<MetricFamily>;

/// A text for a monitoring system to collect.
struct Scrape {
    std::string contentType;
    std::string body;
};

/// Writes metrics in a monitoring system's format.
class MetricsExporter : public Plugin {
public:
    static constexpr Point point{"metrics", 1, Cardinality::many};
    virtual Result<Scrape> scrape(const MetricsSnapshot& snapshot) const = 0;
};

}  // namespace gatehouse
