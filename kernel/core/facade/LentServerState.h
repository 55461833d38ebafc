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
    bool hasMetrics() const override { return core_.hasMetrics(); }
    Result<Scrape> scrape() const override { return core_.scrape(); }

private:
    Services& core_;
};

}  // namespace gatehouse
