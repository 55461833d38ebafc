// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Capability.h>
#include <gatehouse/point/ResourceRegistry.h>

#include <memory>
#include <vector>

namespace gatehouse {

/// What a resource_registry is as well whose configuration names resources: they are held to the
/// profiles of issuers before the server starts, not only when a token is asked for.
class ConfiguredResources {
public:
    static constexpr Capability capability{"resource_registry.configured", 1};

    ConfiguredResources(const ConfiguredResources&) = delete;
    ConfiguredResources& operator=(const ConfiguredResources&) = delete;
    virtual ~ConfiguredResources() = default;

    /// After configure(), with or without a start().
    virtual std::vector<std::shared_ptr<const ProtectedResource>> configured() const = 0;

private:
    template <class P, class... C> friend class With;
    ConfiguredResources() = default;
};

}  // namespace gatehouse
