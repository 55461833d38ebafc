// SPDX-License-Identifier: Apache-2.0
#include "app/cli/PluginCommands.h"

#include <gatehouse/Commands.h>
#include <gatehouse/point/ImportFormat.h>

#include "app/cli/ImportCommand.h"
#include "app/cli/Offline.h"
#include "app/cli/Output.h"
#include "app/cli/PluginReference.h"
#include "json/Members.h"
#include "loader/PluginFile.h"
#include "text/Printable.h"
#include "text/Thrown.h"

#include <algorithm>
#include <cctype>
#include <iostream>
#include <memory>

namespace gatehouse {

namespace {

Arguments configurationOf(const std::vector<std::string>& words) {
    constexpr std::string_view option = "--config";
    Arguments arguments;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string_view word = words[i];
        if (word == option && i + 1 < words.size() && !words[i + 1].empty()) {
            arguments.options["config"] = {words[i + 1]};
        } else if (word.substr(0, option.size() + 1) == "--config=") {
            arguments.options["config"] = {std::string(word.substr(option.size() + 1))};
        }
    }
    return arguments;
}

GivenArguments givenBy(const Arguments& arguments) {
    GivenArguments given{arguments.positional, {}};
    for (const auto& [name, values] : arguments.options) {
        given.options.set(name, listOfTexts(values));
    }
    return given;
}

std::string cellOf(const Value& value) {
    if (value.list() != nullptr) {
        return joined(textsOf(&value));
    }
    if (value.text() != nullptr) {
        return *value.text();
    }
    return value.integer() != nullptr                       ? std::to_string(*value.integer())
           : value.boolean() != nullptr && *value.boolean() ? "yes"
                                                            : "";
}

std::string headOf(std::string name) {
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) {
        return c == '_' ? ' ' : static_cast<char>(std::toupper(c));
    });
    return name;
}

/// The first row says which columns there are.
void printRows(const ValueList& list) {
    std::vector<std::string> head;
    std::vector<std::vector<std::string>> rows;
    for (const auto& row : list) {
        std::vector<std::string> cells;
        for (const auto& [name, value] : row.map() == nullptr ? ValueMap() : *row.map()) {
            if (rows.empty()) {
                head.push_back(headOf(name));
            }
            cells.push_back(cellOf(value));
        }
        rows.push_back(std::move(cells));
    }
    printTable(head, std::move(rows));
}

int run(const Arguments& arguments, const std::string& plugin) {
    const Offline offline(arguments, plugin);
    const auto told = valueOrFail(
        offline.commands().run(offline.context(), arguments.command, givenBy(arguments)));
    if (arguments.has("json")) {
        printJson(told);
    } else if (told.list() != nullptr) {
        printRows(*told.list());
    } else if (told.map() != nullptr) {
        printMembers(*told.map());
    }
    if (told.map() != nullptr) {
        offline.audit(arguments, std::string(told.map()->text("id")));
    }
    return ExitCode::done;
}

Command commandOf(const OfferedCommand& offered, const std::string& plugin) {
    Command command{offered.name,
                    offered.arguments,
                    offered.summary,
                    offered.text,
                    {},
                    offered.example,
                    [plugin](const Arguments& arguments) { return run(arguments, plugin); }};
    for (const auto& option : offered.options) {
        command.options.push_back({option.name, option.value, option.summary});
    }
    command.options.push_back(
        {"issuer", "URL", "which issuer, or its id; needed where there are several"});
    return command;
}

void addCommands(const PluginDescriptor& descriptor, const std::string& name,
                 std::vector<Command>& all) {
    if (std::string_view(descriptor.point.name) == ImportFormat::point.name) {
        all.push_back(importCommand(descriptor));
        return;
    }
    const std::unique_ptr<Plugin> plugin(descriptor.create());
    const auto* commands = plugin == nullptr ? nullptr : capabilityOf<Commands>(*plugin);
    for (const auto& offered :
         commands == nullptr ? std::vector<OfferedCommand>() : commands->commands()) {
        all.push_back(commandOf(offered, name));
    }
}

}  // namespace

std::vector<Command> commandsOfPlugins(const std::vector<std::string>& words) {
    std::vector<Command> all;
    const auto folders = pluginFoldersOf(configurationOf(words));
    for (const auto& name : folders.installed()) {
        const auto file = folders.find(name);
        const auto opened = file ? openPlugin(*file) : Result<OpenedPlugin, Refusal>(file.error());
        if (!opened) {
            continue;
        }
        try {
            addCommands(*opened->plugin, name, all);
        } catch (...) {
            std::cerr << name << ": its commands are missing, since it threw an exception: "
                      << printable(whatWasThrown()) << '\n';
        }
    }
    return all;
}

}  // namespace gatehouse
