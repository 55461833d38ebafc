// SPDX-License-Identifier: Apache-2.0
#include "app/StandardDescriptors.h"
#include "app/cli/Command.h"
#include "app/cli/CommandLine.h"

#include <csignal>

int main(int argc, char** argv) {
    if (!gatehouse::holdStandardDescriptors()) {
        return gatehouse::ExitCode::failed;
    }
    std::signal(SIGPIPE, SIG_IGN);  // writing tells what is wrong
    return gatehouse::CommandLine().run({argv + 1, argv + argc});
}
