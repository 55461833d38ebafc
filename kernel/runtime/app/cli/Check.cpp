// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Check.h"

#include "Services.h"
#include "app/Generation.h"
#include "app/Process.h"
#include "app/RootSecret.h"
#include "app/cli/Command.h"
#include "app/cli/Offline.h"
#include "config/Explain.h"
#include "loader/PluginFile.h"
#include "loader/PluginFolders.h"

#include <deque>
#include <iostream>

namespace gatehouse {

struct Check::Parts {
    Configuration configuration;
    std::unique_ptr<Process> process;
    std::unique_ptr<Generation> generation;
};

namespace {

std::vector<PluginEntry> entriesOf(const Configuration& configuration) {
    std::vector<PluginEntry> entries{configuration.database()};
    if (configuration.redis()) {
        entries.push_back(*configuration.redis());
    }
    for (const auto* group : {&configuration.modules(), &configuration.plugins()}) {
        entries.insert(entries.end(), group->begin(), group->end());
    }
    return entries;
}

}  // namespace

ConfigurationInput configurationInput(const Arguments& arguments) {
    return {arguments.text("config"), processEnvironment(), Services::descriptor().fields,
            GATEHOUSE_CONFIG_FILE};
}

Configuration readConfiguration(const Arguments& arguments) {
    Problems problems;
    auto configuration = Configuration::read(configurationInput(arguments), problems);
    if (!problems.empty()) {
        printProblems(problems);
        throw CommandFailure{ExitCode::config, ""};
    }
    return configuration;
}

void printProblems(const Problems& problems) {
    std::cerr << problems.warningReport();
    if (!problems.empty()) {
        std::cerr << problems.report();
    }
}

Check::Check(const Arguments& arguments) : parts_(std::make_unique<Parts>()) {
    parts_->configuration = Configuration::read(configurationInput(arguments), problems_);
    const auto root = RootSecret::find(parts_->configuration, RootSecret::WhenMissing::pretend);
    parts_->process = std::make_unique<Process>(parts_->configuration, root.bytes,
                                                Logging::Settings{Level::error, false});
    parts_->generation = std::make_unique<Generation>(*parts_->process, parts_->configuration,
                                                      Generation::Scope::server);
    problems_.add(parts_->generation->prepare());
    if (parts_->configuration.issuers().size() > 1) {
        parts_->generation->checkFiles(parts_->configuration.issuers(), problems_);
    }
}

Check::~Check() = default;

const Configuration& Check::configuration() const noexcept {
    return parts_->configuration;
}

std::vector<OrderedRule> Check::sources() const {
    return parts_->generation->sources();
}

std::vector<OrderedRule> Check::rules() const {
    return parts_->generation->rules();
}

std::string Check::explanation(bool isJson) const {
    const auto entries = entriesOf(parts_->configuration);
    const PluginFolders folders(parts_->configuration.pluginDirs());
    std::deque<CheckedConfig> settings;  // keeps its elements in place
    std::vector<ExplainedPlugin> explained;
    for (const auto& entry : entries) {
        const auto file = folders.find(entry.use);
        if (!file) {
            continue;
        }
        const auto opened = openPlugin(*file);
        if (opened) {
            Problems known;
            settings.push_back(entry.check(opened->plugin->fields, known));
            explained.push_back({&entry, &settings.back()});
        }
    }
    return isJson ? explainJson(parts_->configuration, explained) + "\n"
                  : explainText(parts_->configuration, explained);
}

}  // namespace gatehouse
