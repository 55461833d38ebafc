// SPDX-License-Identifier: Apache-2.0
#include "loader/PluginLoader.h"

#include "loader/AskedPoints.h"
#include "loader/KnownPoints.h"
#include "loader/PluginFile.h"

#include <map>
#include <string_view>
#include <utility>

namespace gatehouse {

PluginLoader::PluginLoader(PluginFolders folders, HostMaker makeHost)
    : folders_(std::move(folders)), makeHost_(std::move(makeHost)) {}

void PluginLoader::open(const PluginEntry& entry) {
    const auto file = folders_.find(entry.use);
    if (!file) {
        return refuse(entry, file.error().message);
    }
    const auto opened = openPlugin(*file);
    if (!opened) {
        return refuse(entry, opened.error().message);
    }
    const PluginDescriptor& plugin = *opened->plugin;
    for (const auto& point : unlistedPoints(*file, *opened->library)) {
        problems_.warn({entry.place, entry.label + ": its code asks for " + point +
                                         ", which is not among its needs: whenever it does, that "
                                         "will fail"});
    }
    Problems wrong;
    InstanceSetup setup{entry.use,   entry.name,       entry.label,
                        entry.place, entry.isOptional, entry.check(plugin.fields, wrong)};
    problems_.add(wrong);
    auto host = makeHost_(setup);
    auto instance = std::make_shared<Instance>(std::move(setup), plugin, std::move(host));
    registry_.add(std::move(instance));
    pending_.push_back({{}, wrong.empty()});
}

void PluginLoader::addBuiltIn(InstanceSetup setup, const PluginDescriptor& descriptor,
                              Instance::Maker maker) {
    auto host = makeHost_(setup);
    registry_.add(std::make_shared<Instance>(std::move(setup), descriptor, std::move(host)));
    pending_.push_back({std::move(maker), true});
}

void PluginLoader::plan(StartupPlan::Extent extent) {
    std::vector<PlannedInstance> planned;
    for (const auto& instance : registry_.instances()) {
        const auto& descriptor = instance->descriptor();
        const auto& setup = instance->setup();
        planned.push_back(
            {setup.use, setup.label, setup.place, descriptor.point, descriptor.needs});
    }
    planned.insert(planned.end(), refused_.begin(), refused_.end());
    const StartupPlan plan(planned, extent,
                           [this](std::string_view point) { return folders_.installed(point); });
    problems_.add(plan.problems());
    for (const std::size_t position : plan.order()) {
        if (position < registry_.instances().size()) {
            order_.push_back(position);
        }
    }
}

void PluginLoader::carryOver(const PluginRegistry& before) {
    for (const std::size_t position : order_) {
        const Instance& instance = *registry_.instances()[position];
        const auto& setup = instance.setup();
        const auto old = before.find(instance.descriptor().point.name, setup.name);
        if (old != nullptr && !pending_[position].maker && old->isStarted() &&
            &old->descriptor() == &instance.descriptor() &&
            old->setup().config.sameAs(setup.config) && registry_.gives(*old)) {
            registry_.replace(position, old);
        }
    }
}

void PluginLoader::create() {
    for (std::size_t position = 0; position < pending_.size(); ++position) {
        Instance& instance = *registry_.instances()[position];
        if (!awaitsCreation(position) || pending_[position].maker) {
            continue;
        }
        if (const auto problem = instance.create()) {
            refuse(instance, *problem);
        }
    }
    checkKeepers();
}

/// What one plugin keeps under a plain name no other may read.
void PluginLoader::checkKeepers() {
    std::map<std::string_view, const Instance*> keepers;
    for (const auto& instance : registry_.instances()) {
        if (!instance->failure().empty() || !instance->keepsPlainNames()) {
            continue;
        }
        const char* point = instance->descriptor().point.name;
        const Instance& keeper = *keepers.emplace(point, instance.get()).first->second;
        if (keeper.setup().use != instance->setup().use) {
            refuse(*instance, "there can be only one plugin that keeps the " + std::string(point) +
                                  " records of the database, and " + keeper.setup().label +
                                  " stands at " + keeper.setup().place.text());
        }
    }
}

void PluginLoader::createBuiltIns() {
    for (std::size_t position = 0; position < pending_.size(); ++position) {
        Instance& instance = *registry_.instances()[position];
        if (!awaitsCreation(position) || !pending_[position].maker) {
            continue;
        }
        if (const auto problem = instance.create(pending_[position].maker)) {
            refuse(instance, *problem);
        }
    }
}

bool PluginLoader::awaitsCreation(std::size_t position) const {
    return pending_[position].isSound && registry_.instances()[position]->plugin() == nullptr;
}

void PluginLoader::configure() {
    std::vector<Instance*> configured;
    for (const auto& instance : registry_.instances()) {
        const bool isRunning = instance->isStarted();
        if (instance->plugin() == nullptr || (isRunning && instance->setup().isOptional)) {
            continue;
        }
        if (const auto problem = isRunning ? std::nullopt : instance->configure()) {
            refuse(*instance, *problem);
        } else {
            configured.push_back(instance.get());
        }
    }
    for (Instance* instance : configured) {
        if (const auto problem = instance->check()) {
            refuse(*instance, *problem);
        }
    }
}

void PluginLoader::refuse(const PluginEntry& entry, std::string why) {
    if (entry.isOptional) {
        satOut_.push_back({entry.label, std::move(why)});
        return;
    }
    problems_.add(entry.place, std::move(why));
    const std::string_view use = entry.use;
    if (const Point* point = knownPoint(use.substr(0, use.find('.')))) {
        refused_.push_back({entry.use, entry.label, entry.place, *point, {}});
    }
}

void PluginLoader::refuse(Instance& instance, const std::string& why) {
    if (instance.sitOut(why)) {
        satOut_.push_back({instance.setup().label, why});
        return;
    }
    const auto& setup = instance.setup();
    problems_.addLines(why.empty() ? "no reason given" : why, setup.place, setup.label + ": ");
}

}  // namespace gatehouse
