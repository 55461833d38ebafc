// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cppunit/TestAssert.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <string>
#include <vector>

namespace gatehouse {

/// The programs in tests/.
extern const char* const privatePostgresql;
extern const char* const privateMariadb;
extern const char* const privateSlapd;

/// A PostgreSQL of this process alone, through tests/private_postgresql, or another server through
/// a program that obeys as that does; it ends with the process,
/// however that ends.
class PrivatePostgres {
public:
    explicit PrivatePostgres(std::vector<std::string> arguments = {},
                             const char* program = privatePostgresql) {
        int commands[2];
        int answers[2];
        CPPUNIT_ASSERT_EQUAL(0, ::pipe2(commands, O_CLOEXEC));
        CPPUNIT_ASSERT_EQUAL(0, ::pipe2(answers, O_CLOEXEC));
        arguments.insert(arguments.begin(), program);
        std::vector<char*> texts;
        for (auto& argument : arguments) {
            texts.push_back(argument.data());
        }
        texts.push_back(nullptr);
        child_ = ::fork();
        if (child_ == 0) {
            ::dup2(commands[0], STDIN_FILENO);
            ::dup2(answers[1], STDOUT_FILENO);
            ::execv(texts[0], texts.data());
            ::_exit(127);
        }
        ::close(commands[0]);
        ::close(answers[1]);
        commands_ = ::fdopen(commands[1], "w");
        answers_ = ::fdopen(answers[0], "r");
        url_ = readLine();
    }
    PrivatePostgres(const PrivatePostgres&) = delete;
    PrivatePostgres& operator=(const PrivatePostgres&) = delete;
    ~PrivatePostgres() {
        std::fclose(commands_);
        int status = 0;
        ::waitpid(child_, &status, 0);
        std::fclose(answers_);
    }

    const std::string& url() const { return url_; }
    /// The port in url().
    int port() const { return std::stoi(url_.substr(url_.rfind(':') + 1)); }
    /// The URL of the same server through another port of this machine.
    std::string urlThrough(int otherPort) const {
        const std::size_t colon = url_.rfind(':');
        return url_.substr(0, colon + 1) + std::to_string(otherPort) +
               url_.substr(url_.find('/', colon));
    }
    /// "kill", "stop", "start", "freeze", "thaw"; waits until it is done.
    void tell(const std::string& command) {
        std::fputs((command + "\n").c_str(), commands_);
        std::fflush(commands_);
        CPPUNIT_ASSERT_EQUAL(std::string("ok"), readLine());
    }

private:
    std::string readLine() {
        char line[512];
        CPPUNIT_ASSERT_MESSAGE("the private PostgreSQL ended",
                               std::fgets(line, sizeof line, answers_) != nullptr);
        std::string text = line;
        text.pop_back();
        return text;
    }

    pid_t child_;
    FILE* commands_;
    FILE* answers_;
    std::string url_;
};

/// The one that most cases share.
inline PrivatePostgres& sharedPostgres() {
    static PrivatePostgres server;
    return server;
}

}  // namespace gatehouse
