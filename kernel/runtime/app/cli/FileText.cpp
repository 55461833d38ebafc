// SPDX-License-Identifier: Apache-2.0
#include "app/cli/FileText.h"

#include "app/cli/Arguments.h"

#include <termios.h>
#include <unistd.h>

#include <fstream>
#include <iostream>
#include <iterator>

namespace gatehouse {

namespace {

/// Turns the terminal's echo off for its lifetime.
class Silence {
public:
    Silence() {
        tcgetattr(STDIN_FILENO, &before_);
        termios silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    ~Silence() { tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_); }
    Silence(const Silence&) = delete;
    Silence& operator=(const Silence&) = delete;

private:
    termios before_{};
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
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        throw UsageError{"cannot read " + path};
    }
    return {std::istreambuf_iterator<char>(file), {}};
}

Secret readStandardInputLine() {
    std::string line;
    if (!std::getline(std::cin, line) || line.empty()) {
        throw UsageError{"nothing came from standard input"};
    }
    Secret secret(line);
    line.assign(line.size(), '\0');
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
