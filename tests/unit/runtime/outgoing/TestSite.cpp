// SPDX-License-Identifier: Apache-2.0
#include "TestSite.h"

#include <Poco/Exception.h>
#include <Poco/Net/SecureServerSocket.h>
#include <Poco/Net/SocketAddress.h>

#include <array>
#include <utility>

namespace gatehouse {
namespace {

const Poco::Timespan tick{0, 50'000};

Poco::Net::ServerSocket listenerFor(const std::string& certificate) {
    using Poco::Net::Context;
    const Poco::Net::SocketAddress anyPort("127.0.0.1", 0);
    if (certificate.empty()) {
        return Poco::Net::ServerSocket(anyPort);
    }
    const Context::Ptr context(new Context(Context::TLS_SERVER_USE, certificate + ".key",
                                           certificate + ".pem", "", Context::VERIFY_NONE));
    return Poco::Net::SecureServerSocket(anyPort, 64, context);
}

std::size_t bodyOf(const std::string& head) {
    const auto at = head.find("Content-Length: ");
    return at == std::string::npos ? 0 : std::stoul(head.substr(at + 16));
}

}  // namespace

TestSite::TestSite(Script script, const std::string& certificate)
    : script_(std::move(script)), listener_(listenerFor(certificate)),
      port_(listener_.address().port()), acceptor_([this] { accept(); }) {}

TestSite::~TestSite() {
    isStopping_ = true;
    acceptor_.join();
    for (auto& thread : threads_) {
        thread.join();
    }
}

TestSite::Script TestSite::answering(std::string text) {
    return [text = std::move(text)](TestSite& site, Poco::Net::StreamSocket& socket) {
        while (!site.readRequest(socket).empty()) {
            socket.sendBytes(text.data(), static_cast<int>(text.size()));
        }
    };
}

std::string TestSite::readRequest(Poco::Net::StreamSocket& socket) {
    std::string text;
    for (;;) {
        const auto end = text.find("\r\n\r\n");
        if (end != std::string::npos && text.size() == end + 4 + bodyOf(text.substr(0, end))) {
            const std::lock_guard lock(mutex_);
            requests_.push_back(text);
            return text;
        }
        std::array<char, 4096> buffer{};
        if (isStopping_) {
            return "";
        }
        if (socket.available() == 0 && !socket.poll(tick, Poco::Net::Socket::SELECT_READ)) {
            continue;
        }
        const int got = socket.receiveBytes(buffer.data(), static_cast<int>(buffer.size()));
        if (got <= 0) {
            return "";
        }
        text.append(buffer.data(), static_cast<std::size_t>(got));
    }
}

void TestSite::hold(Poco::Net::StreamSocket& socket) const {
    while (!isStopping_) {
        if (socket.poll(tick, Poco::Net::Socket::SELECT_READ)) {
            char ignored = 0;
            if (socket.receiveBytes(&ignored, 1) <= 0) {
                return;
            }
        }
    }
}

std::vector<std::string> TestSite::requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
}

void TestSite::accept() {
    while (!isStopping_) {
        if (!listener_.poll(tick, Poco::Net::Socket::SELECT_READ)) {
            continue;
        }
        Poco::Net::StreamSocket socket = listener_.acceptConnection();
        ++connections_;
        threads_.emplace_back([this, socket]() mutable {
            try {
                script_(*this, socket);
                socket.shutdown();
            } catch (const Poco::Exception&) {  // the client has gone, as some tests want
            }
        });
    }
}

}  // namespace gatehouse
