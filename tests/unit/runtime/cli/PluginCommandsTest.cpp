// SPDX-License-Identifier: Apache-2.0
#include "app/cli/PluginCommands.h"

#include <cppunit/extensions/HelperMacros.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>

namespace gatehouse {

class PluginCommandsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PluginCommandsTest);
    CPPUNIT_TEST(aPluginThatCannotBeMadeKeepsNobodyFromTheOthers);
    CPPUNIT_TEST_SUITE_END();

public:
    void aPluginThatCannotBeMadeKeepsNobodyFromTheOthers() {
        const auto file = std::filesystem::temp_directory_path() /
                          ("gatehouse-commands-" + std::to_string(::getpid()) + ".yaml");
        std::ofstream(file) << "plugin_dirs: [\"" BROKEN_PLUGIN_DIR "\"]\n";
        std::ostringstream told;
        auto* const before = std::cerr.rdbuf(told.rdbuf());
        const auto commands = commandsOfPlugins({"--config", file.string()});
        std::cerr.rdbuf(before);
        std::filesystem::remove(file);
        CPPUNIT_ASSERT(commands.empty());
        CPPUNIT_ASSERT(told.str().find("throws_in_create: its commands are missing") !=
                       std::string::npos);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PluginCommandsTest);

}  // namespace gatehouse
