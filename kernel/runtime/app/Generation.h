// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ConfiguredSinks.h"
#include "app/Process.h"
#include "app/RuleOrder.h"
#include "client/HeldProfiles.h"
#include "config/Configuration.h"
#include "http/Router.h"
#include "loader/Lifecycle.h"
#include "loader/PluginLoader.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse {

class ClientRules;
class Commands;
class Services;

/// One configuration, running: its plugins, its core and its routes. The composition root. A reload
/// makes the next one beside it, which takes over the instances whose settings did not change. Main
/// thread only; requests hold the router.
class Generation {
public:
    enum class Scope {
        server,  ///< everything
        offline  ///< storage, keys, users, token formats and core: what the command line needs
    };

    /// The process outlives it. `also`: a plugin, a module ("module.door") or the plugins of a
    /// point that are loaded offline too, if it is configured.
    Generation(Process& process, Configuration configuration, Scope scope, std::string also = {});
    /// As stop().
    ~Generation();
    Generation(const Generation&) = delete;
    Generation& operator=(const Generation&) = delete;

    /// Everything up to and with configure(); every problem of every plugin. `before`: whose
    /// instances may be taken over.
    Problems prepare(const Generation* before = nullptr);
    /// After prepare() without problems: starts all, or nothing and says why not.
    std::optional<std::string> start();
    /// Of a process's first one: fails too when the storage holds a copy that was not finished, or
    /// what another root secret sealed. A reload changes neither.
    std::optional<std::string> startFirst();
    /// After prepare(): what is wrong with the files of these issuers. prepare() looks for itself
    /// where there is only one; many are loaded when they are first asked for.
    void checkFiles(const std::vector<IssuerEntry>& issuers, Problems& problems) const;
    /// After start(), with Scope::server: the URLs of its modules.
    Result<std::shared_ptr<const Router>> makeRouter();
    /// Stops, in reverse, what no other generation uses.
    void stop() noexcept;

    /// Does anyone still hold a router of this generation?
    bool isInUse() const noexcept { return !inUse_.expired(); }
    Services& core() const noexcept { return *core_; }
    const Configuration& configuration() const noexcept { return configuration_; }
    const std::vector<Issuer>& issuers() const noexcept { return issuers_; }
    EventBus::Sinks eventSinks() const {
        return configuredSinks(registry(), configuration_.plugins());
    }
    /// Optional plugins that take no part, with why.
    const std::vector<SatOut>& satOut() const noexcept { return satOut_; }
    /// Labels of all instances in the order they started.
    std::vector<std::string> startOrder() const;
    /// Of the first instance of a plugin, "module.door"; nullptr: it has none, or is not loaded.
    Commands* commandsOf(std::string_view use) const;
    /// After prepare(): the rules of authorization requests in the order in which they are asked.
    std::vector<OrderedRule> rules() const;
    /// After prepare() without a problem.
    std::vector<OrderedRule> sources() const { return listedSources(registry()); }

private:
    const PluginRegistry& registry() const noexcept { return loader_.registry(); }
    std::vector<PluginEntry> entries() const;
    void check(Problems& problems) const;
    void checkServer(Problems& problems) const;
    HeldProfiles held(const ClientRules& rules) const;
    void addCore();
    std::unique_ptr<Plugin> makeCore();
    std::vector<std::string> tokenFormats() const;
    std::map<std::string, InstanceNames> namesOfAll(const Point& point) const;
    bool showsPages() const;
    std::vector<std::string> pagesOfPlugins() const;
    void bind();
    Status checkStorage();
    std::vector<Route> routes();

    Process& process_;
    const Configuration configuration_;
    const Scope scope_;
    const std::string also_;
    std::vector<Issuer> issuers_;
    PluginLoader loader_;
    std::optional<Lifecycle> lifecycle_;
    std::vector<SatOut> satOut_;
    Services* core_ = nullptr;
    std::weak_ptr<void> inUse_;
};

}  // namespace gatehouse
