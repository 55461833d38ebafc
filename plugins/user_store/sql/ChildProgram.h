// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "file/FileDescriptor.h"

#include <sys/types.h>

#include <string>

namespace gatehouse {

/// Another program, with nothing of this process but its environment and standard error, where its
/// output goes too. It is killed in the end.
class ChildProgram {
public:
    /// Throws std::runtime_error.
    explicit ChildProgram(const std::string& path);
    ChildProgram(const ChildProgram&) = delete;
    ChildProgram& operator=(const ChildProgram&) = delete;
    ~ChildProgram();

    /// Its standard input, which goes both ways.
    int socket() const noexcept { return socket_.number(); }

private:
    FileDescriptor socket_;
    pid_t process_ = -1;
};

/// The path of a program that lies beside this plugin.
std::string programBeside(const std::string& name);

}  // namespace gatehouse
