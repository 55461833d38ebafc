// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/StreamSocket.h>

#include <atomic>
#include <exception>
#include <string>
#include <thread>
#include <utility>

namespace gatehouse {

/// A server that says the same to everybody, whatever it is asked, and hangs up.
class FakeRedis {
public:
    explicit FakeRedis(std::string text)
        : text_(std::move(text)), socket_(Poco::Net::SocketAddress("127.0.0.1", 0)),
          thread_([this] { serve(); }) {}
    FakeRedis(const FakeRedis&) = delete;
    FakeRedis& operator=(const FakeRedis&) = delete;
    ~FakeRedis() {
        isEnding_ = true;
        try {
            Poco::Net::StreamSocket(socket_.address()).close();
        } catch (const std::exception&) {
            // Then it has been woken already.
        }
        thread_.join();
    }
    std::string url() const { return "redis://" + socket_.address().toString(); }

private:
    void serve() {
        while (!isEnding_) {
            try {
                auto peer = socket_.acceptConnection();
                peer.sendBytes(text_.data(), static_cast<int>(text_.size()));
                peer.shutdownSend();
                char ignored[4096];
                while (!isEnding_ && peer.receiveBytes(ignored, sizeof ignored) > 0) {
                }
            } catch (const std::exception&) {
                // The other end did not want to hear it all.
            }
        }
    }

    std::string text_;
    std::atomic<bool> isEnding_{false};
    Poco::Net::ServerSocket socket_;
    std::thread thread_;
};

}  // namespace gatehouse
