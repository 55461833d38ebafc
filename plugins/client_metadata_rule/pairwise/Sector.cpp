// SPDX-License-Identifier: Apache-2.0
#include "Sector.h"

#include "text/Lower.h"
#include "text/WebHost.h"

#include <utility>

namespace gatehouse {

namespace {

/// An app's own scheme has no host.
std::string hostOf(std::string_view uri) {
    const auto scheme = uri.find("://");
    const bool isWeb =
        scheme != std::string_view::npos &&
        (lowered(uri.substr(0, scheme)) == "https" || lowered(uri.substr(0, scheme)) == "http");
    if (!isWeb) {
        return {};
    }
    const auto rest = uri.substr(scheme + 3);
    return lowered(splitAuthority(rest.substr(0, rest.find_first_of("/?#"))).first);
}

}  // namespace

std::string sectorOf(std::string_view sectorUri, const std::vector<std::string>& redirectUris) {
    if (!sectorUri.empty()) {
        return hostOf(sectorUri);
    }
    std::string sector;
    for (const auto& uri : redirectUris) {
        auto host = hostOf(uri);
        if (host.empty() || (!sector.empty() && host != sector)) {
            return {};
        }
        sector = std::move(host);
    }
    return sector;
}

}  // namespace gatehouse
