// SPDX-License-Identifier: Apache-2.0
#include "Trial.h"

#include <gatehouse/Checkable.h>

#include "config/ConfigFile.h"
#include "config/Configuration.h"
#include "config/TreeValue.h"

#include <filesystem>
#include <stdexcept>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::string_view ending = ".so";

[[noreturn]] void refuse(const std::string& why) {
    throw std::runtime_error(why);
}

void demand(const Status& status) {
    if (!status) {
        refuse(status.error().detail);
    }
}

}  // namespace

Result<Trial> Trial::read(const std::string& library, const std::string& file) {
    std::error_code missing;
    const auto path = std::filesystem::canonical(std::filesystem::absolute(library), missing);
    if (missing || path.extension() != ending) {
        return Error::badInput(library + ": no plugin's library; it is called POINT.NAME.so");
    }
    Trial trial;
    trial.folder_ = path.parent_path();
    trial.use_ = path.stem();
    trial.file_ = file;
    Problems problems;
    auto tree = readConfigFile(file, problems);
    if (!problems.empty()) {
        return Error::badInput(problems.text());
    }
    if (tree && tree->isMap()) {
        trial.settings_ = tree->take("settings").value_or(ConfigNode::map(tree->place()));
        trial.known_ = mapValue(*tree);
    }
    return trial;
}

CheckedConfig Trial::check(const FieldTable& fields) const {
    PluginEntry entry;
    entry.use = use_;
    entry.name = "test";
    entry.place = settings_.place();
    entry.label = use_;
    entry.settings = settings_;
    Problems problems;
    auto checked = entry.check(fields, problems);
    if (!problems.empty()) {
        refuse(problems.text());
    }
    return checked;
}

std::unique_ptr<Plugin> Trial::start(Host& host) {
    const auto path = PluginFolders({folder_}).find(use_);
    if (!path) {
        refuse(path.error().message);
    }
    const auto opened = openPlugin(*path);
    if (!opened) {
        refuse(opened.error().message);
    }
    config_ = check(opened->plugin->fields);
    std::unique_ptr<Plugin> plugin(opened->plugin->create());
    if (!plugin) {
        refuse("it makes no plugin");
    }
    demand(plugin->configure(config_, host));
    if (const auto* files = capabilityOf<Checkable>(*plugin); files != nullptr) {
        demand(files->check());
    }
    demand(plugin->start());
    return plugin;
}

}  // namespace gatehouse
