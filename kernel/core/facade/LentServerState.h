// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/facade/ServerState.h>

#include "Services.h"

namespace gatehouse {

/// See ServerState.
class LentServerState final : public ServerState {
public:
    explicit LentServerState(Services& core) : core_(core) {}

    std::vector<std::string> problems() const override { return core_.problems(); }
    std::vector<std::string> satOut() const override { return core_.satOut(); }
    MetricsSnapshot metrics() const override { return core_.metrics(); }
    std::vector<MetricsExporter*> exporters() const override { return core_.exporters(); }

private:
    Services& core_;
};

}  // namespace gatehouse
