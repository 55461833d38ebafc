// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace gatehouse {

/// A free port of 127.0.0.1, which nobody else is given while the test program runs.
std::uint16_t freePort();

/// A redis-server of the test's own: a free loopback port, a folder that goes away, nothing kept.
/// It ends with this object, or with the test program.
class RedisServer {
public:
    using Words = std::vector<std::string>;

    /// `options` as on its command line. Waits until it answers.
    explicit RedisServer(Words options = {}, bool isSentinel = false);
    RedisServer(const RedisServer&) = delete;
    RedisServer& operator=(const RedisServer&) = delete;
    ~RedisServer();

    std::uint16_t port() const noexcept { return port_; }
    const std::string& folder() const noexcept { return folder_; }
    std::string url(const std::string& person = "") const {
        return "redis://" + person + "127.0.0.1:" + std::to_string(port_);
    }
    void kill();
    /// Starts it again, at the same port.
    void start();
    void signal(int number) const;
    /// What redis-cli prints for this command.
    std::string ask(const Words& command) const;

private:
    Words options_;
    bool isSentinel_;
    std::uint16_t port_;
    std::string folder_;
    pid_t process_ = -1;
};

/// Runs a program and waits; what it printed.
std::string outputOf(const std::vector<std::string>& command);

}  // namespace gatehouse
