// SPDX-License-Identifier: Apache-2.0
#include "app/Server.h"
#include "app/cli/CommandLine.h"

int main(int argc, char** argv) {
    gatehouse::Server::blockSignals();  // before any thread exists
    return gatehouse::CommandLine().run({argv + 1, argv + argc});
}
