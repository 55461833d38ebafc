// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <arpa/inet.h>
#include <cppunit/TestAssert.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <list>
#include <thread>
#include <vector>

namespace gatehouse {

/// Stands between a client and a server on this machine: counts round trips and can cut, hold back
/// and swallow.
class TcpProxy {
public:
    enum class Mode {
        passes,
        swallowsAnswers,  ///< what the server says is thrown away, and then the connection is cut
        isSilent,  ///< connections are accepted, and nothing is passed on
        refuses  ///< there is nobody
    };

    explicit TcpProxy(int serverPort) : serverPort_(serverPort), listener_(newSocket()) {
        sockaddr_in address = loopback(0);
        socklen_t size = sizeof address;
        CPPUNIT_ASSERT_EQUAL(0, ::bind(listener_, cast(address), size));
        CPPUNIT_ASSERT_EQUAL(0, ::getsockname(listener_, cast(address), &size));
        CPPUNIT_ASSERT_EQUAL(0, ::listen(listener_, 64));
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { run(); });
    }
    TcpProxy(const TcpProxy&) = delete;
    TcpProxy& operator=(const TcpProxy&) = delete;
    ~TcpProxy() {
        isEnding_ = true;
        thread_.join();
        ::close(listener_);
    }

    int port() const { return port_; }
    /// How often a client asked something after an answer.
    int roundTrips() const { return roundTrips_; }
    void set(Mode mode) { mode_ = mode; }
    /// How many connections were made.
    int accepted() const { return accepted_; }
    /// The connections that are there stay, and nothing is passed on any more; new ones are as
    /// usual.
    void strand() {
        isToStrand_ = true;
        while (isToStrand_) {
            std::this_thread::yield();
        }
    }
    /// Ends all connections, without a word.
    void cut() {
        isToCut_ = true;
        while (isToCut_) {
            std::this_thread::yield();
        }
    }

private:
    struct Pair {
        int client;
        int server;
        bool clientSpokeLast = false;
        bool isOver = false;
        bool isStranded = false;
    };

    static int newSocket() { return ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0); }
    static sockaddr_in loopback(int port) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        return address;
    }
    static sockaddr* cast(sockaddr_in& address) { return reinterpret_cast<sockaddr*>(&address); }

    void run() {
        while (!isEnding_) {
            step();
            if (isToCut_) {
                closeAll();
                isToCut_ = false;
            }
            if (isToStrand_) {
                for (auto& pair : pairs_) {
                    pair.isStranded = true;
                }
                isToStrand_ = false;
            }
        }
        closeAll();
    }
    void step() {
        std::vector<pollfd> watched{{listener_, POLLIN, 0}};
        for (const auto& pair : pairs_) {
            watched.push_back({pair.client, POLLIN, 0});
            watched.push_back({pair.server, POLLIN, 0});
        }
        if (::poll(watched.data(), watched.size(), 5) <= 0) {
            return;
        }
        std::size_t place = 1;
        for (auto& pair : pairs_) {
            const bool clientSpeaks = watched[place++].revents != 0;
            const bool serverSpeaks = watched[place++].revents != 0;
            const bool isSilent = mode_ == Mode::isSilent || pair.isStranded;
            if (!isSilent && clientSpeaks) {
                pass(pair, true);
            }
            if (!isSilent && serverSpeaks) {
                pass(pair, false);
            }
        }
        pairs_.remove_if([](const Pair& pair) { return pair.isOver && close(pair); });
        if (watched[0].revents != 0) {
            accept();
        }
    }
    void accept() {
        const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        const int server = newSocket();
        sockaddr_in address = loopback(serverPort_);
        Pair pair{client, server};
        if (mode_ == Mode::refuses || ::connect(server, cast(address), sizeof address) != 0) {
            close(pair);
            return;
        }
        pairs_.push_back(pair);
        ++accepted_;
    }
    void pass(Pair& pair, bool fromClient) {
        char bytes[65536];
        const ssize_t size = ::recv(fromClient ? pair.client : pair.server, bytes, sizeof bytes, 0);
        if (size <= 0 || (!fromClient && mode_ == Mode::swallowsAnswers)) {
            pair.isOver = true;
            return;
        }
        roundTrips_ += fromClient && !pair.clientSpokeLast ? 1 : 0;
        pair.clientSpokeLast = fromClient;
        ssize_t sent = 0;
        while (sent < size) {
            const ssize_t more = ::send(fromClient ? pair.server : pair.client, bytes + sent,
                                        static_cast<std::size_t>(size - sent), MSG_NOSIGNAL);
            if (more <= 0) {
                pair.isOver = true;
                return;
            }
            sent += more;
        }
    }
    static bool close(const Pair& pair) {
        ::close(pair.client);
        ::close(pair.server);
        return true;
    }
    void closeAll() {
        for (const auto& pair : pairs_) {
            close(pair);
        }
        pairs_.clear();
    }

    int serverPort_;
    int listener_;
    int port_ = 0;
    std::atomic<Mode> mode_{Mode::passes};
    std::atomic<int> roundTrips_{0};
    std::atomic<int> accepted_{0};
    std::atomic<bool> isToStrand_{false};
    std::atomic<bool> isToCut_{false};
    std::atomic<bool> isEnding_{false};
    std::list<Pair> pairs_;
    std::thread thread_;
};

}  // namespace gatehouse
