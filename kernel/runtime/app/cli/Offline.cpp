// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Offline.h"

#include <gatehouse/StorageMaintenance.h>
#include <gatehouse/point/LoginStep.h>

#include "Services.h"
#include "app/Generation.h"
#include "app/Process.h"
#include "app/RootSecret.h"
#include "app/cli/Check.h"
#include "app/cli/Command.h"
#include "app/cli/CommandDetails.h"
#include "config/StorageUrl.h"
#include "crypto/KeyedCrypto.h"
#include "jose/JoseService.h"
#include "store/IssuerOpener.h"

#include <algorithm>
#include <utility>
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

void requireThere(Storage& storage) {
    auto* maintenance = storage.maintenance();
    if (maintenance != nullptr && !valueOrFail(maintenance->migrations()).front().isApplied) {
        throw CommandFailure{ExitCode::unavailable,
                             "nothing is in the database yet; is it the right one?"};
    }
}

}  // namespace

struct Offline::Parts {
    Parts(const ConfigurationInput& input, Database database, std::string named = {});
    void start() const;

    const std::string plugin;

    RootSecret root;
    std::unique_ptr<Process> process;
    std::unique_ptr<Generation> generation;
    const Issuer* issuer = nullptr;

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

/// Everything but started.
Offline::Parts::Parts(const ConfigurationInput& input, Database database, std::string named)
    : plugin(std::move(named)) {
    using WhenMissing = RootSecret::WhenMissing;
    Problems problems;
    auto configuration = Configuration::read(input, problems);
    const bool makes = problems.empty() && database == Database::begun;
    root = RootSecret::find(configuration, makes ? WhenMissing::make : WhenMissing::pretend);
    if (!isDurable(configuration.database().use)) {
        throw CommandFailure{ExitCode::failed,
                             "database.url is memory: what a command writes would be lost at once"};
    }
    process = std::make_unique<Process>(configuration, root.bytes,
                                        Logging::Settings{Level::warning, false});
    generation = std::make_unique<Generation>(*process, std::move(configuration),
                                              Generation::Scope::offline, plugin);
    problems.add(generation->prepare());
    if (!problems.empty()) {
        printProblems(problems);
        throw CommandFailure{ExitCode::config, ""};
    }
}

void Offline::Parts::start() const {
    process->startRecords();
    if (auto failure = generation->startFirst()) {
        throw CommandFailure{ExitCode::unavailable, *failure};
    }
}

Offline::Offline(const Arguments& arguments, Database database)
    : parts_(std::make_unique<Parts>(configurationInput(arguments), database)) {
    parts_->issuer = &chosen(parts_->generation->issuers(), arguments.text("issuer"));
    start(database);
}

Offline::Offline(const Arguments& arguments, Whole /*whole*/)
    : parts_(std::make_unique<Parts>(configurationInput(arguments), Database::wanted)) {
    parts_->issuer = &parts_->generation->issuers().front();
    start(Database::wanted);
}

Offline::Offline(const Arguments& arguments, Database database, Also /*also*/)
    : parts_(std::make_unique<Parts>(configurationInput(arguments), database,
                                     std::string(LoginStep::point.name))) {
    parts_->issuer = &chosen(parts_->generation->issuers(), arguments.text("issuer"));
    start(database);
}

Offline::Offline(const Arguments& arguments, std::string plugin)
    : parts_(std::make_unique<Parts>(configurationInput(arguments), Database::wanted,
                                     std::move(plugin))) {
    parts_->issuer = &chosen(parts_->generation->issuers(), arguments.text("issuer"));
    (void)commands();
    start(Database::wanted);
}

void Offline::start(Database database) {
    if (!parts_->root.failure.empty()) {
        throw CommandFailure{ExitCode::unavailable, parts_->root.failure};
    }
    if (database == Database::wanted) {
        requireThere(parts_->process->storage());
    }
    parts_->start();
    valueOrFail(core().opener().open(context()));
    valueOrFail(RootSecret::settle(parts_->generation->configuration()));
}

void Offline::requireUsable(const Arguments& arguments, const std::string& databaseUrl) {
    auto input = configurationInput(arguments);
    input.environment["DATABASE__URL"] = databaseUrl;
    Parts parts(input, Database::wanted);
    if (!parts.root.failure.empty()) {
        throw CommandFailure{ExitCode::unavailable, parts.root.failure};
    }
    parts.start();
}

Offline::~Offline() = default;

void Offline::audit(const Arguments& arguments, const std::string& target) const {
    const auto left =
        parts_->process->commandEvents().leave(context(), commandDetails(arguments, target));
    if (!left) {
        throw CommandFailure{ExitCode::unavailable,
                             "the command was carried out, but no audit event could be kept: " +
                                 left.error().detail};
    }
}

Services& Offline::core() const {
    return parts_->generation->core();
}

JobBook& Offline::jobs() const {
    return parts_->process->jobBook();
}

const LoginPlan& Offline::loginPlan() const {
    return parts_->generation->configuration().login();
}

Commands& Offline::commands() const {
    auto* commands = parts_->generation->commandsOf(parts_->plugin);
    if (commands == nullptr) {
        throw CommandFailure{ExitCode::config,
                             parts_->plugin + " is not configured, and the command is its own"};
    }
    return *commands;
}

Context Offline::context() const {
    return {*parts_->issuer, "command-line", {}, parts_->process->clock().steady() + patience};
}

Secret Offline::hs256Key() const {
    return macKey(parts_->root.bytes, JoseService::ownMacLabel(*parts_->issuer));
}

void fail(const Error& error) {
    throw CommandFailure{error.isTemporary() ? ExitCode::unavailable : ExitCode::failed,
                         error.detail};
}

}  // namespace gatehouse
