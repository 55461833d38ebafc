// SPDX-License-Identifier: Apache-2.0
#include "app/TogetherCheck.h"

#include <gatehouse/point/Grant.h>
#include <gatehouse/point/KeyStore.h>
#include <gatehouse/point/ResponseType.h>
#include <gatehouse/point/TokenFormat.h>

#include "app/TypeCheck.h"
#include "client/Lifetimes.h"
#include "config/SettingReader.h"
#include "json/Members.h"
#include "text/Suggest.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace gatehouse {

namespace {

/// A grant type that no plugin brings would never be allowed.
void checkGrants(const Configuration& configuration, const std::vector<std::string>& types,
                 Problems& problems) {
    for (const auto& entry : configuration.issuers()) {
        for (const auto& wanted : entry.issuer.grants) {
            if (std::find(types.begin(), types.end(), wanted) == types.end()) {
                problems.add(entry.grantsPlace, "issuers: grants: no plugin brings \"" + wanted +
                                                    "\"" + suggestion(wanted, types));
            }
        }
    }
}

struct Issued {
    bool isIssued;
    const char* token;
    const char* setting;
};

/// Which section says so, and what: the longest.
std::pair<const char*, seconds> longest(const Configuration& configuration, const char* setting) {
    std::pair<const char*, seconds> most{"oauth", configuration.oauth().number(setting)};
    for (const auto& entry : configuration.issuers()) {
        const seconds own{numberOf(entry.lifetimes, setting, 0)};
        if (own > most.second) {
            most = {"issuers", own};
        }
    }
    return most;
}

/// A token whose key is published no more would be refused before its time.
void checkKeys(const Configuration& configuration, const Instance& store,
               const std::vector<Issued>& tokens, Problems& problems) {
    const milliseconds kept = dynamic_cast<const KeyStore&>(*store.plugin()).keepsFor();
    for (const auto& [isIssued, token, setting] : tokens) {
        const auto [section, life] = longest(configuration, setting);
        if (isIssued && kept < life) {
            problems.add(store.setup().place,
                         store.setup().label + ": a replaced key stays published for " +
                             durationText(kept) + ", and " + token + " lives for " +
                             durationText(life) + " (" + section + ": " + setting +
                             "): it has to be published at least as long");
        }
    }
}

}  // namespace

milliseconds keysKept(const PluginRegistry& registry) {
    auto kept = milliseconds::max();
    for (const auto* store : registry.all<KeyStore>()) {
        kept = store == nullptr ? kept : std::min(kept, store->keepsFor());
    }
    return kept;
}

void checkTogether(const Configuration& configuration, const PluginRegistry& registry,
                   Problems& problems) {
    std::vector<std::string> types;
    for (const Grant* grant : registry.all<Grant>()) {
        types.emplace_back(grant->type());
    }
    const auto responseTypes = registry.all<ResponseType>();
    for (const ResponseType* type : responseTypes) {
        types.emplace_back(type->grant());
    }
    checkGrants(configuration, types, problems);
    checkTypes(configuration.oauth(), registry, problems);
    const bool hasIdTokens =
        !responseTypes.empty() ||
        std::find(types.begin(), types.end(), "authorization_code") != types.end();
    const auto& formats = registry.of(TokenFormat::point.name);
    const bool isSigned = std::any_of(formats.begin(), formats.end(), [](const auto& format) {
        return format->needs(KeyStore::point.name);
    });
    for (const auto& store : registry.of(KeyStore::point.name)) {
        checkKeys(configuration, *store,
                  {{isSigned, "an access token", accessTokenTtl.name},
                   {hasIdTokens, "an ID token", idTokenTtl.name}},
                  problems);
    }
}

}  // namespace gatehouse
