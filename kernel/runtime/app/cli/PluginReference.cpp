// SPDX-License-Identifier: Apache-2.0
#include "app/cli/PluginReference.h"

#include <gatehouse/Plugin.h>

#include "Services.h"
#include "app/cli/Check.h"
#include "app/cli/Command.h"
#include "app/cli/Offline.h"
#include "app/cli/Output.h"
#include "config/Reference.h"
#include "loader/PluginFile.h"

#include <iostream>

namespace gatehouse {

namespace {

ValueMap described(const PluginDescriptor& plugin) {
    ValueList fields;
    for (const Field& field : plugin.fields) {
        ValueMap row{{"name", field.name},
                     {"summary", field.summary},
                     {"required", field.presence.isRequired}};
        if (field.presence.byDefault != nullptr) {
            row.set("default", field.presence.byDefault);
        }
        fields.emplace_back(std::move(row));
    }
    return {{"name", fullName(plugin)},
            {"version", plugin.version},
            {"summary", plugin.summary},
            {"stability", plugin.stability},
            {"settings", std::move(fields)}};
}

ReferenceEntry referenceOf(const PluginDescriptor& plugin) {
    return {fullName(plugin), plugin.summary, plugin.fields};
}

}  // namespace

PluginFolders pluginFoldersOf(const Arguments& arguments) {
    Problems
        problems;  // a wrong setting elsewhere must not keep anybody from reading the reference
    return PluginFolders(Configuration::read(configurationInput(arguments), problems).pluginDirs());
}

int listPlugins(const Arguments& arguments) {
    const PluginFolders folders = pluginFoldersOf(arguments);
    if (const auto nothing = folders.emptiness()) {
        fail(Error::badInput(*nothing + "; is plugin_dirs right?"));
    }
    ValueList all;
    std::vector<std::vector<std::string>> rows;
    for (const auto& name : folders.installed()) {
        const auto file = folders.find(name);
        const auto opened = file ? openPlugin(*file) : Result<OpenedPlugin, Refusal>(file.error());
        if (opened) {
            const PluginDescriptor& plugin = *opened->plugin;
            all.emplace_back(described(plugin));
            rows.push_back({name, plugin.version, plugin.stability, plugin.summary});
        } else {
            rows.push_back({name, "-", "refused", opened.error().message});
        }
    }
    if (arguments.has("json")) {
        printJson(all);
    } else {
        printTable({"NAME", "VERSION", "STABILITY", "SUMMARY"}, rows);
    }
    return ExitCode::done;
}

int printSchema(const Arguments& arguments) {
    const PluginFolders folders = pluginFoldersOf(arguments);
    std::vector<ReferenceEntry> references;
    for (const auto& name : folders.installed()) {
        const auto file = folders.find(name);
        if (!file) {
            continue;
        }
        if (const auto opened = openPlugin(*file)) {
            references.push_back(referenceOf(*opened->plugin));
        }
    }
    std::cout << configurationSchema(Services::descriptor().fields, references) << "\n";
    return ExitCode::done;
}

int showPlugin(const Arguments& arguments) {
    const auto file = pluginFoldersOf(arguments).find(arguments.positional.front());
    if (!file) {
        fail(Error::badInput(file.error().message +
                             ". Try: gatehouse plugins, which lists what is installed"));
    }
    const auto opened = openPlugin(*file);
    if (!opened) {
        fail(Error::badInput(opened.error().message));
    }
    if (arguments.has("json")) {
        printJson(described(*opened->plugin));
    } else {
        std::cout << referenceText(referenceOf(*opened->plugin));
    }
    return ExitCode::done;
}

}  // namespace gatehouse
