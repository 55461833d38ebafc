// SPDX-License-Identifier: Apache-2.0
#include "ChildRun.h"

#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <system_error>

namespace gatehouse {

namespace {

using Clock = std::chrono::steady_clock;

/// Begins what was answered, so that an end without an answer is told from an empty one.
constexpr char mark = 'A';

[[noreturn]] void answer(const std::function<std::string()>& ask, int pipe) {
    const rlimit noCore{0, 0};
    (void)::setrlimit(RLIMIT_CORE, &noCore);
    (void)::dup2(STDERR_FILENO, STDOUT_FILENO);  // the report is the parent's
    const std::string text = mark + ask();
    for (std::size_t sent = 0; sent < text.size();) {
        const auto done = ::write(pipe, text.data() + sent, text.size() - sent);
        if (done < 0 && errno != EINTR) {
            break;
        }
        sent += done > 0 ? static_cast<std::size_t>(done) : 0;
    }
    ::_exit(0);
}

int millisecondsUntil(Clock::time_point end) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
    return left.count() > 0 ? static_cast<int>(left.count()) : 0;
}

/// All that comes until the other end is closed; false when that takes too long.
bool readAll(int pipe, Clock::time_point end, std::string& text) {
    std::array<char, 4096> bytes{};
    while (true) {
        pollfd wanted{pipe, POLLIN, 0};
        const int ready = ::poll(&wanted, 1, millisecondsUntil(end));
        if (ready == 0) {
            return false;
        }
        const auto got = ready < 0 ? -1 : ::read(pipe, bytes.data(), bytes.size());
        if (got == 0 || (got < 0 && errno != EINTR)) {
            return true;
        }
        text.append(bytes.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
    }
}

std::string endOf(int status) {
    if (WIFSIGNALED(status)) {
        const char* name = ::sigabbrev_np(WTERMSIG(status));
        return std::string("the plugin ended the process: SIG") + (name == nullptr ? "?" : name);
    }
    return "the plugin ended the process with exit code " + std::to_string(WEXITSTATUS(status));
}

int waitFor(pid_t child) {
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
}

}  // namespace

ChildAnswer askChild(const std::function<std::string()>& ask, std::chrono::seconds limit) {
    std::array<int, 2> pipe{};
    if (::pipe(pipe.data()) != 0) {
        throw std::system_error(errno, std::generic_category(), "pipe");
    }
    const pid_t child = ::fork();
    if (child < 0) {
        throw std::system_error(errno, std::generic_category(), "fork");
    }
    if (child == 0) {
        (void)::close(pipe[0]);
        answer(ask, pipe[1]);
    }
    (void)::close(pipe[1]);
    std::string text;
    const bool isInTime = readAll(pipe[0], Clock::now() + limit, text);
    (void)::close(pipe[0]);
    (void)(isInTime ? 0 : ::kill(child, SIGKILL));
    const int status = waitFor(child);
    if (!isInTime) {
        return {ChildAnswer::End::hung,
                "no answer within " + std::to_string(limit.count()) + " seconds"};
    }
    if (text.empty()) {
        return {ChildAnswer::End::died, endOf(status)};
    }
    return {ChildAnswer::End::answered, text.substr(1)};
}

}  // namespace gatehouse
