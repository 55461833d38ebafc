// SPDX-License-Identifier: Apache-2.0
#include "app/StepCheck.h"

#include "login/AskedSteps.h"
#include "text/Thrown.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace gatehouse {

namespace {

template <class P> std::vector<Host::Named<P>> all(const PluginRegistry& registry) {
    std::vector<Host::Named<P>> named;
    for (const auto& instance : registry.of(P::point.name)) {
        if (auto* plugin = dynamic_cast<P*>(instance->plugin())) {
            named.push_back({instance->setup().name, plugin});
        }
    }
    return named;
}

/// Of many issuers that lack the same the first is named.
void warn(const Configuration& configuration, const PluginRegistry& registry,
          const AskedSteps& steps, Problems& problems) {
    std::map<std::pair<std::string, std::string>, std::vector<std::string>> issuers;
    for (const auto& entry : configuration.issuers()) {
        for (auto& [step, why] : steps.doubts(entry.issuer)) {
            issuers[{std::move(step), std::move(why)}].push_back(entry.issuer.url);
        }
    }
    for (const auto& [doubt, urls] : issuers) {
        const auto& [step, why] = doubt;
        const auto& setup = registry.find(LoginStep::point.name, step)->setup();
        const auto more = urls.size() - 1;
        problems.warn({setup.place, setup.label + ": at " + urls.front() +
                                        (more > 0 ? " and " + std::to_string(more) + " more" : "") +
                                        " " + why});
    }
}

}  // namespace

void checkSteps(const Configuration& configuration, const PluginRegistry& registry,
                Problems& problems) {
    try {
        const AskedSteps steps(all<LoginStep>(registry), all<UserStore>(registry),
                               configuration.login());
        if (const auto checked = steps.check(); !checked) {
            problems.addLines(checked.error().detail, {});
            return;
        }
        warn(configuration, registry, steps, problems);
    } catch (...) {
        problems.addLines("login_step: asked for its prompt, one threw " + whatWasThrown(), {});
    }
}

}  // namespace gatehouse
