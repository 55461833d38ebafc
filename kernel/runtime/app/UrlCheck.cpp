// SPDX-License-Identifier: Apache-2.0
#include "app/UrlCheck.h"

#include <gatehouse/point/HttpModule.h>

#include "http/Router.h"

#include <exception>
#include <map>
#include <string>

namespace gatehouse {

namespace {

/// What a module answers; a problem when asking it throws.
std::vector<Route> routesOf(const Instance& instance, Problems& problems) {
    std::string thrown = "something that is no std::exception";
    try {
        return dynamic_cast<HttpModule&>(*instance.plugin()).routes();
    } catch (const std::exception& exception) {
        thrown = std::string("an exception: ") + exception.what();
    } catch (...) {  // said below
    }
    problems.add(instance.setup().place, instance.setup().label + ": routes threw " + thrown);
    return {};
}

}  // namespace

void checkUrls(const PluginRegistry& registry, Problems& problems) {
    std::map<std::string, const Instance*> owners;
    for (const auto& instance : registry.of(HttpModule::point.name)) {
        if (instance->plugin() == nullptr) {
            continue;
        }
        for (const auto& route : routesOf(*instance, problems)) {
            const auto [owner, isNew] = owners.emplace(routeKey(route), instance.get());
            if (!isNew) {
                const auto& other = owner->second->setup();
                problems.add(instance->setup().place, instance->setup().label + ": answers " +
                                                          route.method + " " + route.path +
                                                          ", as does " + other.label + " at " +
                                                          other.place.text());
            }
        }
    }
}

}  // namespace gatehouse
