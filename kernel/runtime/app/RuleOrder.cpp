// SPDX-License-Identifier: Apache-2.0
#include "app/RuleOrder.h"

#include <gatehouse/point/AuthorizationRule.h>
#include <gatehouse/point/RequestSource.h>

#include "app/NamedPlugins.h"
#include "authorization/rule/OwnRule.h"
#include "text/Suggest.h"
#include "text/Thrown.h"

#include <algorithm>
#include <optional>

namespace gatehouse {

namespace {

/// A plugin's rule on its way into the order.
struct Waiting {
    OrderedRule rule;
    std::string plugin;  ///< what others know it by: "loyalty"
    Place place;
    bool isPlaced = false;
};

std::vector<OrderedRule> kernelRules() {
    std::vector<OrderedRule> rules;
    for (const auto* own : ownRules) {
        OrderedRule rule{std::string(own->name), {}, {}, {}};
        for (const auto parameter : own->parameters) {
            if (!parameter.empty()) {
                rule.parameters.emplace_back(parameter);
            }
        }
        rules.push_back(std::move(rule));
    }
    return rules;
}

Waiting declared(const Instance& instance, Problems& problems) {
    const auto& setup = instance.setup();
    Waiting waiting{
        {setup.label, setup.name, {}, {}}, std::string(instance.descriptor().name), setup.place};
    try {
        const auto& rule = dynamic_cast<const AuthorizationRule&>(*instance.plugin());
        for (const auto name : rule.parameters()) {
            waiting.rule.parameters.emplace_back(name);
        }
        for (const auto name : rule.after()) {
            waiting.rule.after.emplace_back(name);
        }
    } catch (...) {
        problems.add(setup.place,
                     setup.label + ": asked for its parameters and order, it threw an exception: " +
                         whatWasThrown());
    }
    return waiting;
}

void checkNames(const std::vector<Waiting>& rules, const std::vector<OrderedRule>& own,
                Problems& problems) {
    std::vector<std::string> known;
    known.reserve(own.size() + rules.size());
    for (const auto& rule : own) {
        known.push_back(rule.label);
    }
    for (const auto& rule : rules) {
        known.push_back(rule.plugin);
    }
    for (const auto& waiting : rules) {
        for (const auto& name : waiting.rule.after) {
            if (std::find(known.begin(), known.end(), name) == known.end()) {
                problems.add(waiting.place, waiting.rule.label +
                                                ": comes after the authorization rule \"" + name +
                                                "\", and there is none" + suggestion(name, known));
            }
        }
    }
}

/// The first that has to come before it and has no place yet.
const Waiting* awaited(const Waiting& rule, const std::vector<Waiting>& rules) {
    for (const auto& other : rules) {
        const auto& after = rule.rule.after;
        if (!other.isPlaced && std::find(after.begin(), after.end(), other.plugin) != after.end()) {
            return &other;
        }
    }
    return nullptr;
}

/// From any that waits one comes to the circle, and once round it.
void reportCircle(const std::vector<Waiting>& rules, Problems& problems) {
    const auto waits = [](const Waiting& rule) { return !rule.isPlaced; };
    std::vector<const Waiting*> path{&*std::find_if(rules.begin(), rules.end(), waits)};
    auto again = path.end();
    do {
        const auto* next = awaited(*path.back(), rules);
        path.push_back(next);
        again = std::find(path.begin(), path.end() - 1, next);
    } while (again == path.end() - 1);
    std::string message;
    for (; again != path.end(); ++again) {
        message += (message.empty() ? "" : " comes after ") + (*again)->rule.label;
    }
    problems.add(path.back()->place, "a circle of authorization rules: " + message);
}

}  // namespace

std::vector<OrderedRule> listedSources(const PluginRegistry& registry) {
    std::vector<OrderedRule> sources;
    for (const auto& [label, source] : namedAll<RequestSource>(registry)) {
        OrderedRule listed{label, {}, {}, {}};
        for (const auto parameter : source->parameters()) {
            listed.parameters.emplace_back(parameter);
        }
        sources.push_back(std::move(listed));
    }
    return sources;
}

std::vector<OrderedRule> ruleOrder(const PluginRegistry& registry, Problems& problems) {
    Problems found;
    auto order = kernelRules();
    std::vector<Waiting> rules;
    for (const auto& instance : registry.of(AuthorizationRule::point.name)) {
        if (instance->plugin() != nullptr) {
            rules.push_back(declared(*instance, found));
        }
    }
    checkNames(rules, order, found);
    for (std::size_t placed = 0; found.empty() && placed < rules.size(); ++placed) {
        const auto next = std::find_if(rules.begin(), rules.end(), [&](const Waiting& rule) {
            return !rule.isPlaced && awaited(rule, rules) == nullptr;
        });
        if (next == rules.end()) {
            reportCircle(rules, found);
            break;
        }
        next->isPlaced = true;
        order.push_back(next->rule);
    }
    problems.add(found);
    return found.empty() ? order : kernelRules();
}

std::vector<std::string> instancesOf(const std::vector<OrderedRule>& rules) {
    std::vector<std::string> instances;
    for (const auto& rule : rules) {
        if (!rule.instance.empty()) {
            instances.push_back(rule.instance);
        }
    }
    return instances;
}

}  // namespace gatehouse
