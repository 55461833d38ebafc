// SPDX-License-Identifier: Apache-2.0
#include "app/SourceCheck.h"

#include <gatehouse/point/RequestSource.h>

#include "authorization/RequestSources.h"
#include "text/Thrown.h"

#include <map>
#include <string>
#include <vector>

namespace gatehouse {

namespace {

using Owners = std::map<std::string, std::string, std::less<>>;

/// What is wrong with a parameter of it; empty: nothing.
std::string problemOf(const std::string& parameter, const std::string& source, Owners& owners) {
    const auto name = SourceParameter(parameter).name;
    if (name.empty()) {
        return "answers for a parameter without a name";
    }
    const std::string answers = "answers for the parameter \"" + parameter + "\", ";
    if (RequestSources::isOwn(name)) {
        return answers + "which the server reads itself";
    }
    const auto [owner, isNew] = owners.emplace(parameter, source);
    return isNew ? std::string() : answers + "as does " + owner->second;
}

std::vector<std::string> problemsOf(const Instance& instance, Owners& owners) {
    std::vector<std::string> problems;
    const auto& setup = instance.setup();
    try {
        const auto parameters = dynamic_cast<const RequestSource&>(*instance.plugin()).parameters();
        if (parameters.empty()) {
            problems.emplace_back("answers for no parameter");
        }
        for (const auto parameter : parameters) {
            problems.push_back(problemOf(std::string(parameter),
                                         setup.label + " at " + setup.place.text(), owners));
        }
    } catch (...) {
        problems.push_back("asked for its parameters, it threw an exception: " + whatWasThrown());
    }
    return problems;
}

}  // namespace

void checkSources(const PluginRegistry& registry, Problems& problems) {
    Owners owners;
    for (const auto& instance : registry.of(RequestSource::point.name)) {
        if (instance->plugin() == nullptr) {
            continue;
        }
        for (const auto& problem : problemsOf(*instance, owners)) {
            if (!problem.empty()) {
                problems.add(instance->setup().place, instance->setup().label + ": " + problem);
            }
        }
    }
}

}  // namespace gatehouse
