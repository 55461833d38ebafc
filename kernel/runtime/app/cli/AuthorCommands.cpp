// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Command.h"
#include "app/cli/Offline.h"
#include "app/cli/Output.h"
#include "app/cli/PluginProject.h"
#include "json/Members.h"

#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <filesystem>
#include <system_error>

namespace gatehouse {

namespace {

/// What is installed beside this program.
std::filesystem::path beside(const char* path) {
    const auto program = std::filesystem::read_symlink("/proc/self/exe");
    return (program.parent_path() / path).lexically_normal();
}

int newPlugin(const Arguments& arguments) {
    const auto& point = arguments.positional.at(0);
    const auto& name = arguments.positional.at(1);
    const std::string folder = arguments.has("into") ? arguments.text("into") : name;
    const auto project = valueOrFail(PluginProject::of(beside(GATEHOUSE_TEMPLATES), point, name));
    const auto files = valueOrFail(project.write(folder));
    if (arguments.has("json")) {
        printJson(ValueMap{
            {"plugin", point + "." + name}, {"folder", folder}, {"files", listOfTexts(files)}});
        return ExitCode::done;
    }
    printLine(point + "." + name + " is in " + folder + ": " + joined(files));
    printLine("Next: cd " + folder +
              " && cmake -B build -G Ninja && cmake --build build && ctest --test-dir build");
    return ExitCode::done;
}

/// The suites stand on CppUnit, so they are a program of the SDK; this becomes it.
int testPlugin(const Arguments& arguments) {
    const std::string seconds = arguments.has("seconds") ? arguments.text("seconds") : "30";
    const bool isNumber = !seconds.empty() && seconds.size() <= 4 &&
                          std::all_of(seconds.begin(), seconds.end(),
                                      [](unsigned char c) { return std::isdigit(c) != 0; });
    if (!isNumber || seconds.find_first_not_of('0') == std::string::npos) {
        throw UsageError{"--seconds is a number from 1 to 9999"};
    }
    if (!arguments.has("config")) {
        throw UsageError{"--config FILE is missing: the plugin's settings, and what its suite has "
                         "to know"};
    }
    const std::string program = beside(GATEHOUSE_CONTRACT);
    const std::string form = arguments.has("json") ? "json" : "text";
    const std::string file = arguments.text("config");
    ::execl(program.c_str(), program.c_str(), arguments.positional.front().c_str(), file.c_str(),
            seconds.c_str(), form.c_str(), nullptr);
    fail(Error::unavailable(program + ": " + std::generic_category().message(errno) +
                            "; the suites come with gatehouse-dev (Debian), gatehouse-devel "
                            "(Fedora)"));
}

}  // namespace

std::vector<Command> authorCommands() {
    return {
        {"plugins new",
         "POINT NAME",
         "write a project for a plugin of your own",
         "Sources, tests, CMake and packaging of a plugin POINT.NAME that builds and passes as it "
         "is, in a new folder\n"
         "NAME. Templates come with gatehouse-dev (Fedora: gatehouse-devel). No file is ever "
         "overwritten.",
         {{"into", "FOLDER", "another folder, which is new or empty"}},
         "gatehouse plugins new user_store my_people",
         newPlugin},
        {"plugins test",
         "FILE.so",
         "ask a plugin for all that its point promises",
         "Runs the contract suite of the plugin's point and tells for each promise whether it is "
         "kept: 0 when all are,\n"
         "1 when one is broken. The trial's file has the plugin's `settings`, and what the suite "
         "has "
         "to know, for a\n"
         "user_store `person` and `disabled`, each with `login` and `password`. Each promise is "
         "asked in a process of its\n"
         "own, so a crash is a finding; the plugin's own check() comes first. Host and facades are "
         "fakes: no other server\n"
         "is asked by http(), so a plugin that lives by that, as user_store.http does, cannot be "
         "tested so. What nothing\n"
         "could be asked about is said to be \"not asked\", and why. The suites come with "
         "gatehouse-dev (Fedora:\n"
         "gatehouse-devel).",
         {{"config", "FILE", "the trial's own file, no configuration of a server"},
          {"seconds", "N",
           "how long one may take (30); after one that took longer no other is "
           "asked"}},
         "gatehouse plugins test build/plugins/user_store.my_people.so --config trial.yaml",
         testPlugin},
    };
}

}  // namespace gatehouse
