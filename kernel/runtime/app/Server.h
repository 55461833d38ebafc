// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/Generation.h"
#include "app/Process.h"
#include "app/ServiceManager.h"
#include "app/Watchdog.h"
#include "config/Configuration.h"
#include "http/Lanes.h"
#include "http/Listener.h"
#include "tls/Certificates.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse {

/// The server: builds a generation from the configuration, serves it, reloads and stops on signals.
class Server {
public:
    /// The settings are read from `input`, again at each reload.
    explicit Server(ConfigurationInput input);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Serves until SIGTERM or SIGINT; SIGHUP reloads. Returns the exit code: 0; 78 when the
    /// configuration is wrong and 69 when something could not start, each with all reasons on
    /// standard error. Call blockSignals() before any thread exists.
    int run();

    static void blockSignals();

private:
    int start();
    std::optional<std::string> startFirst();
    Status openCertificates();
    Status listen();
    std::string listeningOn() const;
    void open(std::shared_ptr<const Router> router);
    void serve();
    void reload();
    std::optional<std::string> tryReload();
    std::vector<IssuerEntry> inUse(const std::vector<IssuerEntry>& issuers) const;
    void tell(const std::vector<Problem>& warnings);
    std::string reported(const Problems& problems);
    std::optional<std::string> replaceWith(std::unique_ptr<Generation> next);
    void retireUnused();
    void stop();

    const ConfigurationInput input_;
    const ServiceManager manager_;
    std::unique_ptr<Process> process_;
    std::unique_ptr<Generation> current_;
    std::vector<std::unique_ptr<Generation>>
        retiring_;  // replaced, but requests are still under way in them
    std::shared_ptr<const Router> router_;  // only through std::atomic_load and atomic_store
    std::unique_ptr<Log> httpLog_;
    std::unique_ptr<Lanes> lanes_;  // outlives the listener
    std::unique_ptr<Certificates> certificates_;  // null: plain HTTP
    std::unique_ptr<Ticker> certificateWatch_;
    std::unique_ptr<Listener> listener_;
    std::unique_ptr<Watchdog> watchdog_;
};

}  // namespace gatehouse
