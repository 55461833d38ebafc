// SPDX-License-Identifier: Apache-2.0
#include "app/ModeCheck.h"

#include <gatehouse/point/ResponseMode.h>

#include "text/Thrown.h"

#include <map>
#include <string>

namespace gatehouse {

namespace {

std::string problemOf(const Instance& instance, std::map<std::string, std::string>& owners) {
    std::string mode;
    try {
        mode = dynamic_cast<const ResponseMode&>(*instance.plugin()).mode();
    } catch (...) {
        return "asked for its mode, it threw an exception: " + whatWasThrown();
    }
    if (mode.empty()) {
        return "has no response_mode";
    }
    const auto& setup = instance.setup();
    const auto [owner, isNew] = owners.emplace(mode, setup.label + " at " + setup.place.text());
    return isNew ? std::string() : "is the response_mode \"" + mode + "\", as is " + owner->second;
}

}  // namespace

void checkModes(const PluginRegistry& registry, Problems& problems) {
    std::map<std::string, std::string> owners{
        {std::string(ResponseMode::query), "one of the server"},
        {std::string(ResponseMode::formPost), "one of the server"}};
    for (const auto& instance : registry.of(ResponseMode::point.name)) {
        if (instance->plugin() == nullptr) {
            continue;
        }
        const auto problem = problemOf(*instance, owners);
        if (!problem.empty()) {
            problems.add(instance->setup().place, instance->setup().label + ": " + problem);
        }
    }
}

}  // namespace gatehouse
