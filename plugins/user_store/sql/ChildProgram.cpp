// SPDX-License-Identifier: Apache-2.0
#include "ChildProgram.h"

#include <dlfcn.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <filesystem>
#include <stdexcept>
#include <system_error>

namespace gatehouse {

namespace {

class FileActions {
public:
    explicit FileActions(int socket) {
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawn_file_actions_adddup2(&actions, socket, STDIN_FILENO);
        ::posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
        ::posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    }
    FileActions(const FileActions&) = delete;
    FileActions& operator=(const FileActions&) = delete;
    ~FileActions() { ::posix_spawn_file_actions_destroy(&actions); }

    posix_spawn_file_actions_t actions{};
};

/// Signals as they are for a process that nobody prepared.
class Attributes {
public:
    Attributes() {
        ::posix_spawnattr_init(&attributes);
        sigset_t set;
        ::sigemptyset(&set);
        ::posix_spawnattr_setsigmask(&attributes, &set);
        ::sigfillset(&set);
        ::posix_spawnattr_setsigdefault(&attributes, &set);
        ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }
    Attributes(const Attributes&) = delete;
    Attributes& operator=(const Attributes&) = delete;
    ~Attributes() { ::posix_spawnattr_destroy(&attributes); }

    posix_spawnattr_t attributes{};
};

[[noreturn]] void refuse(const std::string& program, int error) {
    throw std::runtime_error(program +
                             " cannot be started: " + std::generic_category().message(error));
}

}  // namespace

std::string programBeside(const std::string& name) {
    Dl_info here{};
    ::dladdr(reinterpret_cast<const void*>(&programBeside), &here);
    std::error_code away;
    // The server opens plugins beneath a descriptor, which a child does not have.
    const auto plugin = std::filesystem::canonical(here.dli_fname, away);
    return (plugin.parent_path() / name).string();
}

ChildProgram::ChildProgram(const std::string& path) {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        refuse(path, errno);
    }
    socket_ = FileDescriptor(ends[0]);
    const FileDescriptor theirs(ends[1]);
    const FileActions files(theirs.number());
    const Attributes attributes;
    std::string name = path;
    char* words[] = {name.data(), nullptr};
    const int error = ::posix_spawn(&process_, path.c_str(), &files.actions, &attributes.attributes,
                                    words, environ);
    if (error != 0) {
        refuse(path, error);
    }
}

ChildProgram::~ChildProgram() {
    ::kill(process_, SIGKILL);
    while (::waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
    }
}

}  // namespace gatehouse
