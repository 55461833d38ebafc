// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Outgoing.h>

#include "outgoing/OutgoingService.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace gatehouse {

/// The outgoing calls of one plugin instance, counted by their purposes. Threads: any.
class PluginCalls final : public Outgoing {
public:
    /// All must outlive this.
    PluginCalls(OutgoingService& service, const Clock& clock, Metrics& metrics, std::string plugin);
    PluginCalls(const PluginCalls&) = delete;
    PluginCalls& operator=(const PluginCalls&) = delete;
    ~PluginCalls() override;

    OutgoingCalls& purpose(std::string_view name) override;

private:
    class Purpose;

    OutgoingService& service_;
    const Clock& clock_;
    Metrics& metrics_;
    const std::string plugin_;
    std::mutex mutex_;
    std::map<std::string, std::unique_ptr<Purpose>, std::less<>> purposes_;
};

}  // namespace gatehouse
