// SPDX-License-Identifier: Apache-2.0
#include "config/IssuerList.h"

#include "config/CheckedConfig.h"

#include <Poco/Exception.h>
#include <Poco/String.h>
#include <Poco/URI.h>

#include <map>
#include <utility>

namespace gatehouse {

namespace {

constexpr Field fields[] = {
    {"id", Kind::number, required,
     "a number of its own, which all that is stored for it carries: never change it, never give it "
     "to another",
     between(1, UINT32_MAX)},
    {"url", Kind::url, required, "the issuer's URL, exactly as clients know it"},
    {"clients_dir", Kind::path, optional, "folder of its statically registered clients"},
    {"pages_override_dir", Kind::path, optional,
     "templates of its own; without it those of `oauth`"},
    {"grants", Kind::list, optional, "grant types it allows; without it all that are loaded"},
    {"user_stores", Kind::list, optional,
     "names of the user stores that know its people; without it all"},
};

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

/// Sets URL and path, when the URL is one that an issuer can have.
bool setUrl(Issuer& issuer, const std::string& url, const std::string& label, const Place& place,
            Problems& problems) {
    std::string wrong = "is not a URL";
    try {
        const Poco::URI uri(url);
        issuer.path = uri.getPathEtc();
        wrong = wrongWith(uri, url);
    } catch (const Poco::Exception&) {  // the text stays as it is
    }
    issuer.url = url;
    if (!wrong.empty()) {
        problems.add(place, label + ": \"" + url + "\" " + wrong);
    }
    return wrong.empty();
}

/// Where this server listens, for trying things out.
std::string localUrl(const CheckedConfig& server) {
    std::string host = server.text("host");
    if (host.find(':') != std::string::npos) {
        host = "[" + host + "]";
    }
    return "http://" + host + ":" + std::to_string(server.number("port"));
}

std::vector<std::string> namesOf(const CheckedConfig& entry, const char* setting,
                                 Problems& problems) {
    auto names = entry.list(setting);
    if (entry.has(setting) && names.empty()) {
        problems.add(entry.placeOf(setting),
                     std::string("issuers: ") + setting + ": names none; leave it out for all");
    }
    return names;
}

IssuerEntry entryOf(const CheckedConfig& checked, Problems& problems) {
    IssuerEntry entry;
    entry.issuer.id = static_cast<IssuerId>(checked.number("id"));
    entry.issuer.grants = namesOf(checked, "grants", problems);
    entry.issuer.userStores = namesOf(checked, "user_stores", problems);
    entry.clientsDir = checked.text("clients_dir");
    entry.pagesOverrideDir = checked.text("pages_override_dir");
    entry.place = checked.placeOf("url");
    entry.grantsPlace = checked.placeOf("grants");
    if (checked.has("url")) {
        setUrl(entry.issuer, checked.text("url"), "issuers: url", entry.place, problems);
    }
    return entry;
}

/// Host names are the same in any case.
void refuseTwins(const std::vector<IssuerEntry>& entries, Problems& problems) {
    std::map<IssuerId, const IssuerEntry*> ids;
    std::map<std::string, const IssuerEntry*> urls;
    for (const auto& entry : entries) {
        const auto& issuer = entry.issuer;
        const auto [sameId, isNewId] = ids.emplace(issuer.id, &entry);
        if (!isNewId && issuer.id != 0) {
            problems.add(entry.place, "issuers: the id " + std::to_string(issuer.id) +
                                          " is taken by " + sameId->second->issuer.url + " at " +
                                          sameId->second->place.text());
        }
        const auto host = issuer.url.substr(0, issuer.url.size() - issuer.path.size());
        const auto [sameUrl, isNewUrl] = urls.emplace(Poco::toLower(host) + issuer.path, &entry);
        if (!isNewUrl && !issuer.url.empty()) {
            problems.add(entry.place, "issuers: url: \"" + issuer.url + "\" is taken at " +
                                          sameUrl->second->place.text());
        }
    }
}

}  // namespace

FieldTable issuersFields() {
    return fields;
}

std::vector<IssuerEntry> readIssuers(const ConfigNode& list, Problems& problems) {
    if (!list.isList() || list.items().empty()) {
        problems.add(list.place(),
                     "issuers: a list is wanted, such as \"- {id: 1, url: https://...}\"");
        return {};
    }
    std::vector<IssuerEntry> entries;
    for (const auto& item : list.items()) {
        if (!item.isMap()) {
            problems.add(item.place(), "issuers: an entry has to say id and url");
            continue;
        }
        const auto checked =
            CheckedConfig::check(fields, {"issuers", "issuers", item.place(), &item}, problems);
        entries.push_back(entryOf(checked, problems));
    }
    refuseTwins(entries, problems);
    return entries;
}

std::vector<IssuerEntry> onlyIssuer(const CheckedConfig& oauth, const CheckedConfig& server,
                                    Problems& problems) {
    const bool isSet = oauth.has("issuer");
    IssuerEntry only;
    only.place = oauth.placeOf("issuer");
    if (!isSet && server.has("port") && server.number("port") == 0) {
        problems.add(only.place, "oauth: issuer: missing; with any free port it must be said");
        return {};
    }
    const std::string url = isSet ? oauth.text("issuer") : localUrl(server);
    if (!setUrl(only.issuer, url, "oauth: issuer", only.place, problems)) {
        return {};
    }
    return {std::move(only)};
}

}  // namespace gatehouse
