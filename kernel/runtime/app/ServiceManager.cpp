// SPDX-License-Identifier: Apache-2.0
#include "app/ServiceManager.h"

#include "text/Printable.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <ctime>

namespace gatehouse {

namespace {

constexpr int firstSocket = 3;  // SD_LISTEN_FDS_START

std::string textOf(const Environment& environment, const char* name) {
    const auto found = environment.find(name);
    return found == environment.end() ? std::string() : found->second;
}

std::int64_t numberOf(const Environment& environment, const char* name) {
    const auto text = textOf(environment, name);
    std::int64_t number = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
    return end.ptr == text.data() + text.size() ? number : 0;
}

/// Variables meant for another process, such as the parent they were inherited from, do not count.
bool isOurs(const Environment& environment, const char* pidName, bool whenMissing) {
    return textOf(environment, pidName).empty() ? whenMissing
                                                : numberOf(environment, pidName) == ::getpid();
}

int optionOf(int socket, int option) {
    int value = -1;
    socklen_t size = sizeof value;
    ::getsockopt(socket, SOL_SOCKET, option, &value, &size);
    return value;
}

bool listensForInternet(int socket) {
    const int domain = optionOf(socket, SO_DOMAIN);
    return optionOf(socket, SO_ACCEPTCONN) == 1 && optionOf(socket, SO_TYPE) == SOCK_STREAM &&
           (domain == AF_INET || domain == AF_INET6);
}

std::string monotonicMicroseconds() {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return std::to_string(std::int64_t{now.tv_sec} * 1'000'000 + now.tv_nsec / 1'000);
}

}  // namespace

ServiceManager::ServiceManager(const Environment& environment)
    : notifySocket_(textOf(environment, "NOTIFY_SOCKET")),
      socketNames_(textOf(environment, "LISTEN_FDNAMES")) {
    if (isOurs(environment, "WATCHDOG_PID", true)) {
        watchdogTime_ = milliseconds{numberOf(environment, "WATCHDOG_USEC") / 1'000};
    }
    if (isOurs(environment, "LISTEN_PID", false)) {
        socketCount_ = static_cast<int>(numberOf(environment, "LISTEN_FDS"));
    }
}

Result<std::optional<int>> ServiceManager::listeningSocket() const {
    if (socketCount_ <= 0) {
        return std::optional<int>{};
    }
    if (socketCount_ > 1) {
        return Error::unavailable(
            "LISTEN_FDS: " + std::to_string(socketCount_) + " sockets were given (" + socketNames_ +
            "), and one is served; leave one ListenStream= in the .socket unit");
    }
    if (!listensForInternet(firstSocket)) {
        return Error::unavailable("LISTEN_FDS: what was given (" + socketNames_ +
                                  ") is not a listening TCP socket; the .socket unit needs "
                                  "ListenStream= with an address and port, and Accept=no");
    }
    ::fcntl(firstSocket, F_SETFD, FD_CLOEXEC);
    return std::optional<int>{firstSocket};
}

void ServiceManager::ready(const std::string& status) const {
    std::string line = status;
    std::replace(line.begin(), line.end(), '\n', ' ');
    tell("READY=1\nSTATUS=" + printable(line));
}

void ServiceManager::reloading() const {
    tell("RELOADING=1\nMONOTONIC_USEC=" + monotonicMicroseconds() +
         "\nSTATUS=Reading the configuration again");
}

void ServiceManager::stopping() const {
    tell("STOPPING=1\nSTATUS=Finishing what is under way");
}

void ServiceManager::alive() const {
    tell("WATCHDOG=1");
}

/// One datagram. That nobody takes it must not keep a server from serving, so failures do not
/// count.
void ServiceManager::tell(const std::string& message) const {
    sockaddr_un address{};
    if (notifySocket_.empty() || notifySocket_.size() >= sizeof address.sun_path) {
        return;
    }
    address.sun_family = AF_UNIX;
    notifySocket_.copy(address.sun_path, notifySocket_.size());
    if (address.sun_path[0] == '@') {  // an abstract name
        address.sun_path[0] = '\0';
    }
    const int socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    const auto size =
        static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + notifySocket_.size());
    ::sendto(socket, message.data(), message.size(), MSG_NOSIGNAL,
             reinterpret_cast<const sockaddr*>(&address), size);
    ::close(socket);
}

}  // namespace gatehouse
