// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Plugin.h>
#include <gatehouse/point/MetricsExporter.h>

#include <string>
#include <vector>

namespace gatehouse {

/// How the server is. Lent by the kernel to who lists "server_state" in its needs, for use while
/// serving; grows at its end. Threads: any; does not block.
class ServerState : public Plugin {
public:
    static constexpr Point point{"server_state", 1, Cardinality::one};
    /// Why it should get no requests; empty: it is ready.
    virtual std::vector<std::string> problems() const = 0;
    /// Labels of optional plugins that take no part.
    virtual std::vector<std::string> satOut() const = 0;
    /// Is a metrics exporter configured?
    virtual bool hasMetrics() const = 0;
    /// What the first one makes of the metrics as they are now.
    virtual Result<Scrape> scrape() const = 0;
};

}  // namespace gatehouse
