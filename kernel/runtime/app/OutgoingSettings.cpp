// SPDX-License-Identifier: Apache-2.0
#include "app/OutgoingSettings.h"

#include <stdexcept>

namespace gatehouse {
namespace {

TlsTrust trustOf(const std::string& caFile) {
    auto trust = TlsTrust::make(caFile);
    if (!trust && !caFile.empty()) {
        trust = TlsTrust::make({});
    }
    if (!trust) {
        throw std::runtime_error(trust.error().detail);
    }
    return *std::move(trust);
}

}  // namespace

void checkOutgoing(const CheckedConfig& settings, Problems& problems) {
    if (settings.settings().empty()) {  // the file could not be read
        return;
    }
    if (const auto rules = OutgoingRules::make(settings.list("allow")); !rules) {
        problems.add(settings.placeOf("allow"), "outgoing: allow: " + rules.error().detail);
    }
    if (const auto trust = TlsTrust::make(settings.text("ca_file")); !trust) {
        problems.add(settings.placeOf("ca_file"), "outgoing: ca_file: " + trust.error().detail);
    }
}

std::unique_ptr<OutgoingService> makeOutgoing(const CheckedConfig& settings, const Clock& clock,
                                              Log& log) {
    OutgoingService::Settings wanted;
    if (settings.settings().empty()) {
        return std::make_unique<OutgoingService>(clock, log, trustOf({}), wanted);
    }
    if (auto rules = OutgoingRules::make(settings.list("allow"))) {
        wanted.rules = *std::move(rules);
    }
    wanted.timeout = settings.duration("timeout");
    wanted.hosts.calls = static_cast<std::size_t>(settings.number("calls_per_host"));
    wanted.hosts.failures = static_cast<int>(settings.number("failures"));
    wanted.hosts.pause = settings.duration("pause");
    return std::make_unique<OutgoingService>(clock, log, trustOf(settings.text("ca_file")), wanted);
}

}  // namespace gatehouse
