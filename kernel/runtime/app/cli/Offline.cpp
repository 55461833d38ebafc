// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Offline.h"

#include "Services.h"
#include "app/Generation.h"
#include "app/Process.h"
#include "app/RootSecret.h"
#include "app/cli/Check.h"
#include "app/cli/Command.h"

#include <algorithm>
#include <vector>

namespace gatehouse {

namespace {

constexpr seconds patience{10};

/// "1 (https://a.example), 2 (https://b.example)"
std::string listed(const std::vector<Issuer>& issuers) {
    constexpr std::size_t most = 10;
    std::string text;
    for (std::size_t i = 0; i < std::min(issuers.size(), most); ++i) {
        text += (i == 0 ? "" : ", ") + std::to_string(issuers[i].id) + " (" + issuers[i].url + ")";
    }
    return issuers.size() > most ? text + ", ..." : text;
}

const Issuer& chosen(const std::vector<Issuer>& issuers, const std::string& named) {
    if (named.empty() && issuers.size() == 1) {
        return issuers.front();
    }
    if (named.empty()) {
        throw UsageError{"--issuer is missing; there are " + listed(issuers)};
    }
    const auto found = std::find_if(issuers.begin(), issuers.end(), [&](const Issuer& issuer) {
        return issuer.url == named || std::to_string(issuer.id) == named;
    });
    if (found == issuers.end()) {
        throw UsageError{"no issuer \"" + named + "\"; there are " + listed(issuers)};
    }
    return *found;
}

}  // namespace

struct Offline::Parts {
    std::unique_ptr<Process> process;
    std::unique_ptr<Generation> generation;
    const Issuer* issuer = nullptr;

    Parts() = default;
    Parts(const Parts&) = delete;
    Parts& operator=(const Parts&) = delete;
    ~Parts() {
        if (process) {
            process->stopFollowing();
        }
        if (generation) {
            generation->stop();
        }
    }
};

Offline::Offline(const Arguments& arguments) : parts_(std::make_unique<Parts>()) {
    Problems problems;
    auto configuration = Configuration::read(configurationInput(arguments), problems);
    const auto missing =
        problems.empty() ? RootSecret::WhenMissing::make : RootSecret::WhenMissing::pretend;
    auto root = RootSecret::find(configuration, missing);
    if (configuration.database().use == "storage.memory") {
        throw CommandFailure{ExitCode::failed,
                             "database.url is memory: what a command writes would be lost at once"};
    }
    parts_->process = std::make_unique<Process>(configuration, root.bytes,
                                                Logging::Settings{Level::warning, false});
    parts_->generation = std::make_unique<Generation>(*parts_->process, std::move(configuration),
                                                      Generation::Scope::offline);
    problems.add(parts_->generation->prepare());
    if (!problems.empty()) {
        printProblems(problems);
        throw CommandFailure{ExitCode::config, ""};
    }
    parts_->issuer = &chosen(parts_->generation->issuers(), arguments.text("issuer"));
    if (!root.failure.empty()) {
        throw CommandFailure{ExitCode::unavailable, root.failure};
    }
    parts_->process->startRecords();
    if (auto failure = parts_->generation->start()) {
        throw CommandFailure{ExitCode::unavailable, *failure};
    }
}

Offline::~Offline() = default;

Services& Offline::core() const {
    return parts_->generation->core();
}

Context Offline::context() const {
    return {*parts_->issuer, "command-line", {}, parts_->process->clock().steady() + patience};
}

void fail(const Error& error) {
    throw CommandFailure{
        error.fault == Fault::unavailable ? ExitCode::unavailable : ExitCode::failed, error.detail};
}

}  // namespace gatehouse
