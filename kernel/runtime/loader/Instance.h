// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Plugin.h>

#include "config/CheckedConfig.h"
#include "loader/GivenHost.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// What the configuration says of an instance.
struct InstanceSetup {
    std::string use;  ///< the plugin: "user_store.ldap"
    std::string name;  ///< `name:` of its entry, or the plugin's own
    std::string label;  ///< for messages: "user_store.ldap (staff)"
    Place place;  ///< of its entry; no place at all for a built-in
    bool isOptional = false;
    CheckedConfig config;
};

/// One configured plugin with the Host it was lent, through its whole life. Whatever a plugin
/// throws becomes a message. Threads: everything but plugin() only the main thread.
class Instance {
public:
    using Maker = std::function<std::unique_ptr<Plugin>()>;

    Instance(InstanceSetup setup, const PluginDescriptor& descriptor,
             std::unique_ptr<GivenHost> host);
    /// Stops what is started.
    ~Instance();
    Instance(const Instance&) = delete;
    Instance& operator=(const Instance&) = delete;

    const InstanceSetup& setup() const noexcept { return setup_; }
    const PluginDescriptor& descriptor() const noexcept { return descriptor_; }
    GivenHost& host() noexcept { return *host_; }
    const GivenHost& host() const noexcept { return *host_; }
    Plugin* plugin() const noexcept { return plugin_.get(); }
    bool isStarted() const noexcept { return isStarted_; }
    /// Does it ask for this point, facade or plugin?
    bool needs(std::string_view name) const;
    /// After create().
    bool keepsPlainNames() const noexcept;

    // Each returns what went wrong, without place and label; nothing when all went well.

    std::optional<std::string> create();
    std::optional<std::string> create(const Maker& maker);
    std::optional<std::string> configure();
    /// Of a plugin that is Checkable.
    std::optional<std::string> check();
    /// A start that fails is undone at once.
    std::optional<std::string> start();
    void stop() noexcept;

    /// Lets an optional instance fail: it takes no part, and `why` is shown. Otherwise returns
    /// false.
    bool sitOut(const std::string& why);
    /// Why it takes no part; empty when it does.
    const std::string& failure() const noexcept { return failure_; }

private:
    static std::optional<std::string> guarded(const char* step,
                                              const std::function<Status()>& call);

    InstanceSetup setup_;
    const PluginDescriptor& descriptor_;
    std::unique_ptr<GivenHost> host_;  // outlives the plugin
    std::unique_ptr<Plugin> plugin_;
    bool isStarted_ = false;
    std::string failure_;
};

}  // namespace gatehouse
