// SPDX-License-Identifier: Apache-2.0
#include "loader/PluginLoader.h"

#include <utility>

#include "loader/KnownPoints.h"
#include "loader/PluginFile.h"

namespace gatehouse {

namespace {

/// A plugin may begin its message with Config::place(): then that is where the problem is.
std::pair<Place, std::string> placed(const InstanceSetup& setup, const std::string& why) {
    for (const auto& setting : setup.config.settings()) {
        const std::string prefix = setting.place.text() + ": ";
        if (why.compare(0, prefix.size(), prefix) == 0) {
            return {setting.place, why.substr(prefix.size())};
        }
    }
    return {setup.place, why};
}

}  // namespace

PluginLoader::PluginLoader(PluginFolders folders, HostMaker makeHost)
    : folders_(std::move(folders)), makeHost_(std::move(makeHost)) {}

void PluginLoader::open(const PluginEntry& entry) {
    const auto file = folders_.find(entry.use);
    if (!file) {
        return refuse(entry, file.error().message);
    }
    const auto plugin = openPlugin(*file);
    if (!plugin) {
        return refuse(entry, plugin.error().message);
    }
    Problems wrong;
    InstanceSetup setup{entry.name, entry.label, entry.place, entry.isOptional,
                        entry.check((*plugin)->fields, wrong)};
    problems_.add(wrong);
    auto host = makeHost_(setup);
    auto instance = std::make_shared<Instance>(std::move(setup), **plugin, std::move(host));
    registry_.add(std::move(instance));
    pending_.push_back({{}, wrong.empty()});
}

void PluginLoader::addBuiltIn(InstanceSetup setup, const PluginDescriptor& descriptor, Instance::Maker maker) {
    auto host = makeHost_(setup);
    registry_.add(std::make_shared<Instance>(std::move(setup), descriptor, std::move(host)));
    pending_.push_back({std::move(maker), true});
}

void PluginLoader::plan() {
    std::vector<PlannedInstance> planned;
    for (const auto& instance : registry_.instances()) {
        const auto& descriptor = instance->descriptor();
        planned.push_back({instance->setup().label, instance->setup().place, descriptor.point, descriptor.needs});
    }
    planned.insert(planned.end(), refused_.begin(), refused_.end());
    const StartupPlan plan(planned, [this](std::string_view point) { return folders_.installed(point); });
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
            &old->descriptor() == &instance.descriptor() && old->setup().config.sameAs(setup.config) &&
            registry_.gives(*old)) {
            registry_.replace(position, old);
        }
    }
}

void PluginLoader::create() {
    for (std::size_t position = 0; position < pending_.size(); ++position) {
        Instance& instance = *registry_.instances()[position];
        const auto& [maker, isSound] = pending_[position];
        if (instance.plugin() != nullptr || !isSound) {
            continue;
        }
        if (const auto problem = maker ? instance.create(maker) : instance.create()) {
            refuse(instance, *problem);
        }
    }
}

void PluginLoader::configure() {
    for (const auto& instance : registry_.instances()) {
        if (instance->plugin() == nullptr || instance->isStarted()) {
            continue;
        }
        if (const auto problem = instance->configure()) {
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
        refused_.push_back({entry.label, entry.place, *point, {}});
    }
}

void PluginLoader::refuse(Instance& instance, const std::string& why) {
    if (instance.sitOut(why)) {
        satOut_.push_back({instance.setup().label, why});
        return;
    }
    const auto [place, text] = placed(instance.setup(), why);
    problems_.add(place, instance.setup().label + ": " + text);
}

}  // namespace gatehouse
