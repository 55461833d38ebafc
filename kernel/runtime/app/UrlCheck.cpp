// SPDX-License-Identifier: Apache-2.0
#include "app/UrlCheck.h"

#include <gatehouse/point/HttpModule.h>

#include "http/Router.h"

#include <exception>
#include <map>
#include <string>
#include <string_view>

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

using Owners = std::map<std::string, const Instance*>;

std::string firstSegment(std::string_view path) {
    return std::string(path.substr(0, path.find('/', 1)));
}

/// Where an issuer is, no other one's URLs are found.
void checkIssuers(const std::vector<IssuerEntry>& issuers, const Owners& owners,
                  Problems& problems) {
    Owners segments;
    for (const auto& [key, owner] : owners) {
        segments.emplace(firstSegment(std::string_view(key).substr(key.find(' ') + 1)), owner);
    }
    for (const auto& entry : issuers) {
        const auto found = segments.find(firstSegment(entry.issuer.path));
        if (!entry.issuer.path.empty() && found != segments.end()) {
            problems.add(entry.place, "\"" + entry.issuer.url + "\" has a path that begins with " +
                                          found->first + ", where " + found->second->setup().label +
                                          " answers");
        }
    }
}

}  // namespace

void checkUrls(const PluginRegistry& registry, const std::vector<IssuerEntry>& issuers,
               Problems& problems) {
    Owners owners;  // by routeKey()
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
    checkIssuers(issuers, owners, problems);
}

}  // namespace gatehouse
