// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/MetricsExporter.h>

namespace gatehouse {

/// Writes metrics in Prometheus's text format, version 0.0.4.
class PrometheusExporter final : public MetricsExporter {
public:
    Result<Scrape> scrape(const MetricsSnapshot& snapshot) const override;
};

}  // namespace gatehouse
