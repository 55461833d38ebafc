// SPDX-License-Identifier: Apache-2.0
#include "app/ReloadRules.h"

#include <algorithm>
#include <optional>

namespace gatehouse {

namespace {

bool isFixed(const PluginEntry& entry) {
    const std::string_view use = entry.use;
    const auto point = use.substr(0, use.find('.'));
    return point == "storage" || point == "key_store";
}

bool isSame(const PluginEntry& left, const PluginEntry& right) {
    return left.use == right.use && left.name == right.name && left.settings == right.settings;
}

bool isSame(const std::optional<PluginEntry>& left, const std::optional<PluginEntry>& right) {
    return left.has_value() == right.has_value() && (!left || isSame(*left, *right));
}

bool isSame(const std::vector<TlsEntry>& left, const std::vector<TlsEntry>& right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](const TlsEntry& one, const TlsEntry& other) {
                          return one.files.certificate == other.files.certificate &&
                                 one.files.key == other.files.key;
                      });
}

bool holds(const Configuration& configuration, const PluginEntry& entry) {
    const auto& plugins = configuration.plugins();
    return std::any_of(plugins.begin(), plugins.end(),
                       [&](const auto& other) { return isSame(other, entry); });
}

/// Storages and key stores of one that the other does not have just so.
void addMissing(const Configuration& from, const Configuration& in,
                std::vector<std::string>& changed) {
    for (const auto& entry : from.plugins()) {
        const bool isListed =
            std::find(changed.begin(), changed.end(), entry.label) != changed.end();
        if (isFixed(entry) && !holds(in, entry) && !isListed) {
            changed.push_back(entry.label);
        }
    }
}

void addSettings(const std::string& section, const CheckedConfig& running,
                 const CheckedConfig& wanted, std::vector<std::string>& changed) {
    for (const auto& name : running.changes(wanted)) {
        changed.push_back(section);
        changed.back().append(".").append(name);
    }
}

}  // namespace

std::vector<std::string> needsRestart(const Configuration& running, const Configuration& wanted) {
    std::vector<std::string> changed;
    const auto addSection = [&](const char* section, bool isUnchanged) {
        if (!isUnchanged) {
            changed.emplace_back(section);
        }
    };
    addSettings("server", running.server(), wanted.server(), changed);
    addSection("server.tls", isSame(running.tls(), wanted.tls()));
    addSettings("server.mtls", running.mtls(), wanted.mtls(), changed);
    addSection("database", isSame(running.database(), wanted.database()));
    addSection("redis", isSame(running.redis(), wanted.redis()));
    addSettings("security", running.security(), wanted.security(), changed);
    addSettings("limits", running.limits(), wanted.limits(), changed);
    addSettings("outgoing", running.outgoing(), wanted.outgoing(), changed);
    addSettings("jobs", running.jobs(), wanted.jobs(), changed);
    addMissing(running, wanted, changed);
    addMissing(wanted, running, changed);
    return changed;
}

}  // namespace gatehouse
