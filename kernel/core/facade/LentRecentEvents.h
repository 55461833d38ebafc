// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/facade/RecentEvents.h>
#include <gatehouse/point/EventSink.h>

#include "Services.h"

namespace gatehouse {

/// See RecentEvents.
class LentRecentEvents final : public RecentEvents {
public:
    explicit LentRecentEvents(Services& core) : core_(core) {}

    bool areKept() const override { return keeper() != nullptr; }
    Result<std::vector<RecentEvent>> of(const Context& context,
                                        std::string_view sub) const override {
        const auto* found = keeper();
        return found == nullptr ? std::vector<RecentEvent>() : found->recent(context, sub);
    }

private:
    const KeepsRecentEvents* keeper() const {
        for (const auto& [name, sink] : core_.host().all<EventSink>()) {
            if (const auto* found = capabilityOf<KeepsRecentEvents>(*sink)) {
                return found;
            }
        }
        return nullptr;
    }

    Services& core_;
};

}  // namespace gatehouse
