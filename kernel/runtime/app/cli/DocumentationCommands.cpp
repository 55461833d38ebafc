// SPDX-License-Identifier: Apache-2.0
#include "Services.h"
#include "app/cli/Command.h"
#include "app/cli/CommandLine.h"
#include "app/cli/Completion.h"
#include "app/cli/Manual.h"

#include <iostream>

namespace gatehouse {

namespace {

int manual(const Arguments& arguments) {
    const auto& page = arguments.positional.front();
    if (page == "gatehouse.8") {
        std::cout << commandManual(CommandLine().commands());
    } else if (page == "gatehouse.yaml.5") {
        std::cout << configurationManual(sectionReferences(Services::descriptor().fields));
    } else {
        throw UsageError{"the pages are gatehouse.8 and gatehouse.yaml.5"};
    }
    return ExitCode::done;
}

int completion(const Arguments& arguments) {
    const auto& shell = arguments.positional.front();
    if (shell == "bash") {
        std::cout << bashCompletion(CommandLine().commands());
    } else if (shell == "zsh") {
        std::cout << zshCompletion(CommandLine().commands());
    } else if (shell == "fish") {
        std::cout << fishCompletion(CommandLine().commands());
    } else {
        throw UsageError{"the shells are bash, zsh and fish"};
    }
    return ExitCode::done;
}

}  // namespace

std::vector<Command> documentationCommands() {
    return {
        {"manual",
         "PAGE",
         "print a manual page: gatehouse.8 or gatehouse.yaml.5",
         "",
         {},
         "gatehouse manual gatehouse.8 | man -l -",
         manual},
        {"completion",
         "SHELL",
         "print what bash, zsh or fish needs to complete our command lines",
         "",
         {},
         "source <(gatehouse completion bash)",
         completion},
    };
}

}  // namespace gatehouse
