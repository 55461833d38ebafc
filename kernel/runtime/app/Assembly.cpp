// SPDX-License-Identifier: Apache-2.0
#include "app/Assembly.h"

#include <algorithm>
#include <utility>

#include "app/ServerSettings.h"

namespace gatehouse {

Assembly Assembly::make(const ConfigurationInput& input, Generation::Scope scope,
                        RootSecret::WhenMissing whenSecretMissing) {
    using WhenMissing = RootSecret::WhenMissing;
    Assembly made;
    Configuration configuration = Configuration::read(input, made.problems);
    if (configuration.server().settings().empty()) {
        return made;
    }
    const auto whenMissing = made.problems.empty() ? whenSecretMissing : WhenMissing::pretend;
    auto root = RootSecret::find(configuration, whenMissing, made.problems);
    auto logging = loggingSettings(configuration.logging());
    if (scope == Generation::Scope::offline || whenSecretMissing == WhenMissing::pretend) {
        logging.level = std::max(logging.level, Level::warning);
    }
    made.failure = std::move(root.failure);
    made.process = std::make_unique<Process>(configuration, std::move(root.bytes), logging);
    made.generation = std::make_unique<Generation>(*made.process, std::move(configuration), scope);
    made.problems.add(made.generation->prepare());
    return made;
}

std::optional<std::string> Assembly::startOffline() {
    if (!failure.empty()) {
        return failure;
    }
    process->startRecords();
    return generation->start();
}

void Assembly::stopOffline() noexcept {
    generation->stop();
    process->stopRecords();
}

Problems checkConfiguration(const ConfigurationInput& input) {
    return Assembly::make(input, Generation::Scope::server, RootSecret::WhenMissing::pretend).problems;
}

}  // namespace gatehouse
