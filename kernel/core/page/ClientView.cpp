// SPDX-License-Identifier: Apache-2.0
#include "page/ClientView.h"

#include "page/ContentPolicy.h"

#include <string>

namespace gatehouse {

namespace {

std::string localized(const Client& client, std::string_view member, std::string_view language) {
    const auto text = client.metadata.text(std::string(member).append("#").append(language));
    return std::string(text.empty() ? client.metadata.text(member) : text);
}

/// A link as a script would run in our page; and a logo that the content policy cannot name would
/// not be shown.
std::string webAddress(std::string url) {
    if (originOf(url).empty()) {
        url.clear();
    }
    return url;
}

/// Whose word it is, of a client that nobody has registered.
std::string hostOf(const Client& client) {
    const auto origin = client.sourced.by.empty() ? "" : originOf(client.id);
    return origin.substr(origin.find("//") == std::string::npos ? 0 : origin.find("//") + 2);
}

}  // namespace

ValueMap clientView(const Client& client, std::string_view language) {
    const auto name = localized(client, "client_name", language);
    const auto uri = webAddress(localized(client, "client_uri", language));
    const auto policy = webAddress(localized(client, "policy_uri", language));
    const auto terms = webAddress(localized(client, "tos_uri", language));
    return {
        {"name", !name.empty()         ? name
                 : client.name.empty() ? client.id
                                       : client.name},
        {"host", hostOf(client)},
        {"logo", webAddress(localized(client, "logo_uri", language))},
        {"uri", uri},
        {"policy", policy},
        {"terms", terms},
        {"links", !uri.empty() || !policy.empty() || !terms.empty()},
    };
}

}  // namespace gatehouse
