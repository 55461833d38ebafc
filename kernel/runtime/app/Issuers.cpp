// SPDX-License-Identifier: Apache-2.0
#include "app/Issuers.h"

#include <Poco/Exception.h>
#include <Poco/URI.h>

#include <string>

namespace gatehouse {

namespace {

/// Where this server listens, for trying things out.
std::string localUrl(const CheckedConfig& server) {
    std::string host = server.text("host");
    if (host.find(':') != std::string::npos) {
        host = "[" + host + "]";
    }
    return "http://" + host + ":" + std::to_string(server.number("port"));
}

std::string wrongWith(const Poco::URI& uri, const std::string& text) {
    if ((uri.getScheme() != "https" && uri.getScheme() != "http") || uri.getHost().empty()) {
        return "is not an https URL";
    }
    if (text.find_first_of("?#") != std::string::npos || !uri.getUserInfo().empty()) {
        return "can have no query, fragment or user name";
    }
    if (text.back() == '/') {
        return "ends in a slash; drop it: clients compare the issuer letter by letter";
    }
    return {};
}

}  // namespace

std::vector<Issuer> issuersOf(const Configuration& configuration, Problems& problems) {
    const CheckedConfig& settings = configuration.oauth();
    const bool isSet = settings.has("issuer");
    const std::string url = isSet ? settings.text("issuer") : localUrl(configuration.server());
    if (!isSet && configuration.server().number("port") == 0) {
        problems.add(settings.placeOf("issuer"),
                     "oauth: issuer: missing; with any free port it must be said");
        return {};
    }
    std::string path;
    try {
        const Poco::URI uri(url);
        path = uri.getPathEtc();
        if (const auto wrong = wrongWith(uri, url); !wrong.empty()) {
            problems.add(settings.placeOf("issuer"), "oauth: issuer: \"" + url + "\" " + wrong);
        }
    } catch (const Poco::Exception&) {
        problems.add(settings.placeOf("issuer"), "oauth: issuer: \"" + url + "\" is not a URL");
    }
    return {Issuer{1, url, path}};
}

}  // namespace gatehouse
