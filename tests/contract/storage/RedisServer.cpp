// SPDX-License-Identifier: Apache-2.0
#include "RedisServer.h"

#include <cppunit/TestAssert.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace gatehouse {
namespace {

/// What the child does of it: only what is safe after a fork.
[[noreturn]] void become(char* const* words, int output) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::dup2(output, STDOUT_FILENO);
    ::dup2(output, STDERR_FILENO);
    ::execvp(words[0], words);
    ::_exit(127);
}

pid_t launch(const std::vector<std::string>& command, const std::string& outputFile) {
    std::vector<char*> words;
    for (const auto& word : command) {
        words.push_back(const_cast<char*>(word.c_str()));
    }
    words.push_back(nullptr);
    const int output = ::open(outputFile.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    const pid_t child = ::fork();
    if (child == 0) {
        become(words.data(), output);
    }
    ::close(output);
    return child;
}

std::string contentOf(const std::string& file) {
    std::ifstream stream(file);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::string makeFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "redis.XXXXXX").string();
    CPPUNIT_ASSERT(::mkdtemp(pattern.data()) != nullptr);
    return pattern;
}

}  // namespace

std::uint16_t freePort() {
    // It stays bound; a server listens there all the same, with SO_REUSEADDR.
    const int probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int isReusable = 1;
    ::setsockopt(probe, SOL_SOCKET, SO_REUSEADDR, &isReusable, sizeof isReusable);
    sockaddr_in address{};
    socklen_t size = sizeof address;
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* general = reinterpret_cast<sockaddr*>(&address);
    CPPUNIT_ASSERT_EQUAL(0, ::bind(probe, general, sizeof address));
    CPPUNIT_ASSERT_EQUAL(0, ::getsockname(probe, general, &size));
    return ntohs(address.sin_port);
}

RedisServer::RedisServer(Words options, bool isSentinel)
    : options_(std::move(options)), isSentinel_(isSentinel), port_(freePort()),
      folder_(makeFolder()) {
    start();
}

RedisServer::~RedisServer() {
    kill();
    std::filesystem::remove_all(folder_);
}

void RedisServer::start() {
    Words command{"redis-server"};
    if (isSentinel_) {
        std::ofstream(folder_ + "/sentinel.conf", std::ios::app).flush();
        command.insert(command.end(), {folder_ + "/sentinel.conf", "--sentinel"});
    } else {
        command.insert(command.end(), {"--save", "", "--appendonly", "no"});
    }
    command.insert(command.end(), {"--port", std::to_string(port_), "--bind", "127.0.0.1", "--dir",
                                   folder_, "--daemonize", "no"});
    command.insert(command.end(), options_.begin(), options_.end());
    process_ = launch(command, folder_ + "/log");
    std::string said = ask({"PING"});
    while (said.find("Could not connect") != std::string::npos) {
        CPPUNIT_ASSERT_EQUAL_MESSAGE(contentOf(folder_ + "/log"), pid_t{0},
                                     ::waitpid(process_, nullptr, WNOHANG));
        ::usleep(10000);
        said = ask({"PING"});
    }
}

void RedisServer::kill() {
    if (process_ > 0) {
        ::kill(process_, SIGKILL);
        ::waitpid(process_, nullptr, 0);
        process_ = -1;
    }
}

void RedisServer::signal(int number) const {
    CPPUNIT_ASSERT_EQUAL(0, ::kill(process_, number));
}

std::string RedisServer::ask(const Words& command) const {
    Words words{"redis-cli", "-p", std::to_string(port_)};
    words.insert(words.end(), command.begin(), command.end());
    return outputOf(words);
}

std::string outputOf(const std::vector<std::string>& command) {
    const std::string folder = makeFolder();
    const pid_t child = launch(command, folder + "/output");
    int status = 0;
    ::waitpid(child, &status, 0);
    const std::string output = contentOf(folder + "/output");
    std::filesystem::remove_all(folder);
    CPPUNIT_ASSERT_MESSAGE(command[0] + " is not there",
                           !WIFEXITED(status) || WEXITSTATUS(status) != 127);
    return output;
}

}  // namespace gatehouse
