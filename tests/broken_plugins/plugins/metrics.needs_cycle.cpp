// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/point/MetricsExporter.h>

namespace gatehouse {

constexpr const char* needs[] = {"event_sink"};

class Exporter final : public MetricsExporter {
public:
    Result<Scrape> scrape(const MetricsSnapshot& /*snapshot*/) const override { return Scrape{}; }
};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::Exporter, "needs_cycle", "1.0.0", "The other half", gatehouse::needs)
