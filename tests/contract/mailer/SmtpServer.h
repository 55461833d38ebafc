// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Poco/Net/ServerSocket.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace gatehouse {

/// Takes mails by SMTP on a loopback port, one after the other.
class SmtpServer {
public:
    struct Taken {
        std::string id;
        std::vector<std::string> to;
    };

    SmtpServer() { open(); }
    SmtpServer(const SmtpServer&) = delete;
    SmtpServer& operator=(const SmtpServer&) = delete;
    ~SmtpServer() { close(); }

    void open();
    void close();
    std::uint16_t port() const noexcept { return port_; }
    std::vector<Taken> taken() const;
    /// What the recipient is answered.
    std::string answer() const;
    void setAnswer(const std::string& answer);

private:
    void serve();
    void talk(Poco::Net::StreamSocket socket);

    std::uint16_t port_ = 0;
    std::atomic<bool> isOpen_{false};
    std::unique_ptr<Poco::Net::ServerSocket> listener_;
    std::thread thread_;
    mutable std::mutex mutex_;
    std::vector<Taken> taken_;
    std::string answer_ = "250 ok";
};

}  // namespace gatehouse
