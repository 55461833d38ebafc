// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/Configuration.h"
#include "loader/Instance.h"
#include "loader/PluginFolders.h"
#include "loader/PluginRegistry.h"
#include "loader/StartupPlan.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace gatehouse {

/// An optional plugin that takes no part, and why.
struct SatOut {
    std::string label;
    std::string why;
};

/// Takes the plugins that a configuration names up to the point where they can start: found,
/// opened, checked, planned, created, configured. Every problem of every plugin is collected. Main
/// thread only.
class PluginLoader {
public:
    using HostMaker = std::function<std::unique_ptr<GivenHost>(const InstanceSetup&)>;

    PluginLoader(PluginFolders folders, HostMaker makeHost);

    /// Opens and checks an entry's library and settings; the loading order's checks 1 to 7.
    void open(const PluginEntry& entry);
    /// Something built in, made by `maker` instead of a library.
    void addBuiltIn(InstanceSetup setup, const PluginDescriptor& descriptor, Instance::Maker maker);
    /// Check 8: needs and cardinalities. Afterwards order() is known.
    void plan(StartupPlan::Extent extent = StartupPlan::Extent::whole);
    /// Takes over instances with the same settings that were given the very same instances.
    void carryOver(const PluginRegistry& before);
    void create();
    /// After create(): what is built in may use what the libraries made.
    void createBuiltIns();
    /// And then looks at what plugins can check, also those of instances taken over.
    void configure();

    PluginRegistry& registry() noexcept { return registry_; }
    const PluginRegistry& registry() const noexcept { return registry_; }
    const std::vector<std::size_t>& order() const noexcept { return order_; }
    const Problems& problems() const noexcept { return problems_; }
    const std::vector<SatOut>& satOut() const noexcept { return satOut_; }

private:
    void refuse(const PluginEntry& entry, std::string why);
    void refuse(Instance& instance, const std::string& why);
    bool awaitsCreation(std::size_t position) const;
    void checkKeepers();

    struct Pending {
        Instance::Maker maker;  ///< empty: the library's own
        bool isSound;  ///< its settings fit their table
    };

    PluginFolders folders_;
    HostMaker makeHost_;
    PluginRegistry registry_;
    std::vector<Pending> pending_;  // as in the registry
    std::vector<PlannedInstance> refused_;
    std::vector<std::size_t> order_;
    Problems problems_;
    std::vector<SatOut> satOut_;
};

}  // namespace gatehouse
