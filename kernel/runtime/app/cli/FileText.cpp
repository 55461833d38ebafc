// SPDX-License-Identifier: Apache-2.0
#include "app/cli/FileText.h"

#include "app/cli/Arguments.h"
#include "file/GivenFile.h"
#include "text/LineBreak.h"

#include <termios.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <iostream>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::size_t largestFile = 1U << 20U;

termios terminalBefore{};  // where a signal handler can reach it

/// The signal ends the process once its handler has returned.
void giveBackTerminal(int signal) {
    tcsetattr(STDIN_FILENO, TCSANOW, &terminalBefore);
    ::raise(signal);
}

/// Turns the terminal's echo off for its lifetime, or until a signal ends the process.
class Silence {
public:
    Silence() {
        tcgetattr(STDIN_FILENO, &terminalBefore);
        struct sigaction once {};
        once.sa_handler = giveBackTerminal;
        once.sa_flags = static_cast<int>(SA_RESETHAND);
        for (std::size_t i = 0; i < endingSignals.size(); ++i) {
            ::sigaction(endingSignals[i], &once, &actionsBefore_[i]);
        }
        termios silent = terminalBefore;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    ~Silence() {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &terminalBefore);
        for (std::size_t i = 0; i < endingSignals.size(); ++i) {
            ::sigaction(endingSignals[i], &actionsBefore_[i], nullptr);
        }
    }
    Silence(const Silence&) = delete;
    Silence& operator=(const Silence&) = delete;

private:
    static constexpr std::array<int, 4> endingSignals{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    std::array<struct sigaction, endingSignals.size()> actionsBefore_{};
};

Secret ask(const char* prompt) {
    std::cerr << prompt << std::flush;
    const Silence silence;
    Secret answer = readStandardInputLine();
    std::cerr << "\n";
    return answer;
}

}  // namespace

std::string readFileText(const std::string& path) {
    auto file = readGivenFile(path, {Keeping::shared, largestFile});
    if (!file) {
        throw UsageError{file.error().detail};
    }
    return std::move(file->text);
}

Secret readStandardInputLine() {
    std::string line;
    if (std::getline(std::cin, line) && !std::cin.eof()) {
        line += '\n';
    }
    Secret secret(withoutLineBreak(line));
    line.assign(line.size(), '\0');
    if (secret.empty()) {
        throw UsageError{"nothing came from standard input"};
    }
    return secret;
}

Secret askForPassword() {
    if (isatty(STDIN_FILENO) == 0) {
        throw UsageError{"no terminal to ask for the password; give --password-stdin"};
    }
    Secret first = ask("Password: ");
    const Secret second = ask("Again: ");
    if (first.view() != second.view()) {
        throw UsageError{"the two passwords differ"};
    }
    return first;
}

}  // namespace gatehouse
