// SPDX-License-Identifier: Apache-2.0
#include "app/cli/LoneStorage.h"

#include "app/HostImpl.h"
#include "app/Process.h"
#include "app/cli/Check.h"
#include "app/cli/Command.h"
#include "app/cli/CommandDetails.h"
#include "app/cli/Offline.h"
#include "config/Masking.h"
#include "config/StorageUrl.h"
#include "loader/PluginLoader.h"
#include "store/CopyMark.h"

namespace gatehouse {

namespace {

constexpr seconds patience{60};
const Issuer nobody{1, "", ""};

PluginEntry entryOf(const std::string& url) {
    const Place place{"command line", 0, 0};
    PluginEntry entry;
    entry.use = storageOf(url);
    if (entry.use.empty() || !isDurable(entry.use)) {
        throw UsageError{"sqlite:PATH or postgresql://... is wanted"};
    }
    entry.name = entry.use.substr(entry.use.find('.') + 1);
    entry.place = place;
    entry.label = entry.use;
    entry.settings = ConfigNode::map(place);
    entry.settings.set("url", place, ConfigNode::text(url, place));
    return entry;
}

}  // namespace

struct LoneStorage::Parts {
    explicit Parts(const Configuration& configuration)
        // A storage seals nothing, so any root secret will do.
        : process(configuration, Secret(std::string(32, '\0')), {Level::warning, false}),
          loader(PluginFolders(configuration.pluginDirs()), [this](const InstanceSetup& setup) {
              return std::make_unique<HostImpl>(setup, process.shared(),
                                                process.logging().log(setup.label));
          }) {}

    void load(const PluginEntry& entry) {
        if (const auto* given = entry.settings.find("url")) {
            url = given->value.text();
        }
        loader.open(entry);
        loader.plan();
        loader.create();
        loader.configure();
        if (!loader.problems().empty()) {
            printProblems(loader.problems());
            throw CommandFailure{ExitCode::config, ""};
        }
    }
    Instance& instance() const { return *loader.registry().instances().front(); }

    Process process;
    PluginLoader loader;
    std::string url;
};

LoneStorage::LoneStorage(const Arguments& arguments) {
    const auto configuration = readConfiguration(arguments);
    parts_ = std::make_unique<Parts>(configuration);
    parts_->load(configuration.database());
}

LoneStorage::LoneStorage(const Arguments& arguments, const std::string& url) {
    const auto entry = entryOf(url);
    parts_ = std::make_unique<Parts>(readConfiguration(arguments));
    parts_->load(entry);
}

LoneStorage::~LoneStorage() = default;

void LoneStorage::start() {
    if (const auto failure = parts_->instance().start()) {
        throw CommandFailure{ExitCode::unavailable, *failure};
    }
    valueOrFail(requireWhole(storage(), context(), maskedUrl(url())));
}

void LoneStorage::stop() {
    parts_->instance().stop();
}

void LoneStorage::audit(const Arguments& arguments, const std::string& target) {
    auto& process = parts_->process;
    process.useStorages(storage(), nullptr);
    process.startRecords();
    const auto left = process.commandEvents().leave(context(), commandDetails(arguments, target));
    process.stopRecords();
    if (!left) {
        throw CommandFailure{ExitCode::unavailable,
                             "no audit event could be kept: " + left.error().detail};
    }
}

std::string LoneStorage::url() const {
    return parts_->url;
}

Storage& LoneStorage::storage() const {
    return dynamic_cast<Storage&>(*parts_->instance().plugin());
}

StorageMaintenance& LoneStorage::maintenance() const {
    auto* maintenance = storage().maintenance();
    if (maintenance == nullptr) {
        throw CommandFailure{ExitCode::failed,
                             parts_->instance().setup().label + " keeps nothing that lasts"};
    }
    return *maintenance;
}

Context LoneStorage::context() const {
    return {nobody, "command-line", {}, parts_->process.clock().steady() + patience};
}

}  // namespace gatehouse
