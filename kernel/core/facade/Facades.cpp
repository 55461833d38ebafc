// SPDX-License-Identifier: Apache-2.0
#include "facade/Facades.h"

#include "facade/LentClients.h"
#include "facade/LentConsents.h"
#include "facade/LentDiscovery.h"
#include "facade/LentLogins.h"
#include "facade/LentMails.h"
#include "facade/LentPages.h"
#include "facade/LentPeople.h"
#include "facade/LentRecentEvents.h"
#include "facade/LentRequests.h"
#include "facade/LentServerState.h"
#include "facade/LentSessions.h"
#include "facade/LentTokens.h"

#include <algorithm>

namespace gatehouse {

namespace {

template <class Lent> Facade facade(const char* summary, bool showsPages = false) {
    return {{pluginMagic,
             sdkMajor,
             sdkMinor,
             buildTag,
             Lent::point,
             Lent::point.name,
             GATEHOUSE_VERSION,
             summary,
             "stable",
             {},
             {},
             nullptr},
            [](Services& core) -> std::unique_ptr<Plugin> { return std::make_unique<Lent>(core); },
            showsPages};
}

}  // namespace

const std::vector<Facade>& facades() {
    static const std::vector<Facade> all{
        facade<LentClients>("Clients: authenticated, found, changed"),
        facade<LentTokens>("Tokens: inspected, issued, revoked"),
        facade<LentPeople>("People, and what clients are told of them"),
        facade<LentSessions>("Who is signed in where"),
        facade<LentConsents>("What people allowed clients"),
        facade<LentPages>("Pages with the issuer's looks and texts", true),
        facade<LentRequests>("Authorization requests, answered", true),
        facade<LentLogins>("Logins on their way", true),
        facade<LentMails>("Mails with the issuer's texts", true),
        facade<LentRecentEvents>("What happened to people's accounts lately"),
        facade<LentDiscovery>("What an issuer tells of itself"),
        facade<LentServerState>("How the server is"),
    };
    return all;
}

std::vector<std::string> facadeNames() {
    std::vector<std::string> names;
    for (const auto& facade : facades()) {
        names.emplace_back(facade.descriptor.name);
    }
    return names;
}

bool isFacade(std::string_view point) {
    const auto& all = facades();
    return std::any_of(all.begin(), all.end(),
                       [&](const Facade& facade) { return point == facade.descriptor.point.name; });
}

bool showsPages(const NameTable& needs) {
    const auto& all = facades();
    return std::any_of(needs.begin(), needs.end(), [&](std::string_view need) {
        return std::any_of(all.begin(), all.end(), [&](const Facade& facade) {
            return facade.showsPages && need == facade.descriptor.point.name;
        });
    });
}

}  // namespace gatehouse
