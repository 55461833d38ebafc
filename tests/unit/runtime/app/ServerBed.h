// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ConfigurationText.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

namespace gatehouse {

/// The real server on a thread of this process, with a configuration and a log of its own.
class ServerBed {
public:
    ServerBed();
    /// Stops it when it still runs.
    ~ServerBed();

    std::string keyStore = "plain";  ///< without keys

    /// `lines` follow `plugins:`, each without its indent; the key store is always there.
    void configure(const std::vector<std::string>& plugins,
                   const std::string& modules = "operations", const std::string& more = "");
    /// Runs until it ends by itself, which it is expected to do; the exit code.
    int runToEnd();
    /// Returns when it answers.
    void start();
    /// SIGTERM; the exit code.
    int stop();
    /// SIGHUP; returns when the log has this line.
    void reload(const std::string& awaited);

    struct Answer {
        int status;
        std::string body;
    };
    Answer get(const std::string& path) const;
    std::uint16_t port() const noexcept { return port_; }

    /// Everything on standard error so far.
    std::string log() const;
    bool logHas(const std::string& text) const { return log().find(text) != std::string::npos; }
    std::size_t countInLog(const std::string& text) const;
    /// Returns when the log has it.
    void await(const std::string& text) const;
    /// "started", "stopped" ... of the recording plugins, as "a started".
    std::vector<std::string> recorded() const;
    const std::filesystem::path& folder() const noexcept { return folder_.path(); }

private:
    ScratchFolder folder_;
    int standardError_;
    std::uint16_t port_ = 0;
    int exitCode_ = -1;
    std::thread thread_;
};

}  // namespace gatehouse
