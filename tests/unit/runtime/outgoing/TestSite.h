// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Poco/Net/Context.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/StreamSocket.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace gatehouse {

/// A server on 127.0.0.1 that a test scripts: each connection runs the script on a thread of its
/// own, and is closed when it returns.
class TestSite {
public:
    using Script = std::function<void(TestSite&, Poco::Net::StreamSocket&)>;

    /// With certificate files, "NAME.pem" and "NAME.key" of this path without its end, it speaks
    /// TLS.
    explicit TestSite(Script script, const std::string& certificate = {});
    ~TestSite();
    TestSite(const TestSite&) = delete;
    TestSite& operator=(const TestSite&) = delete;

    /// Answers each request of a connection with this text.
    static Script answering(std::string text);
    /// Reads a whole request (with Content-Length or without a body) and keeps it; empty: none
    /// came.
    std::string readRequest(Poco::Net::StreamSocket& socket);
    /// Until the site goes away or the client closes.
    void hold(Poco::Net::StreamSocket& socket) const;

    std::uint16_t port() const { return port_; }
    int connections() const { return connections_; }
    std::vector<std::string> requests() const;
    bool isStopping() const { return isStopping_; }

private:
    void accept();

    const Script script_;
    Poco::Net::ServerSocket listener_;
    std::uint16_t port_ = 0;
    std::atomic<int> connections_{0};
    std::atomic<bool> isStopping_{false};
    mutable std::mutex mutex_;
    std::vector<std::string> requests_;
    std::vector<std::thread> threads_;
    std::thread acceptor_;
};

}  // namespace gatehouse
