// SPDX-License-Identifier: Apache-2.0
#include "config/IssuerList.h"

#include "client/Lifetimes.h"
#include "config/CheckedConfig.h"
#include "text/BrandColor.h"
#include "text/HostName.h"
#include "text/WebHost.h"

#include <Poco/Exception.h>
#include <Poco/URI.h>

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <filesystem>
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
    {"mtls_url", Kind::url, optional,
     "scheme, host and port by which its clients with a certificate come (RFC 8705 section 5)"},
    {"profile", Kind::text, optional, "what all its clients are held to",
     oneOf("mcp|oauth2.1|fapi2|fapi2_message_signing")},
    {accessTokenTtl.name, Kind::number, optional, "life of its clients' access tokens, seconds",
     accessTokenTtl.limits},
    {refreshTokenTtl.name, Kind::number, optional,
     "longest life of an authorization and its refresh tokens, seconds", refreshTokenTtl.limits},
    {idTokenTtl.name, Kind::number, optional, "life of its clients' ID tokens, seconds",
     idTokenTtl.limits},
    {codeTtl.name, Kind::number, optional, "life of its clients' authorization codes, seconds",
     codeTtl.limits},
    {refreshTokenGrace.name, Kind::number, optional,
     "how long the refresh token before is still answered, seconds; 0 turns it off",
     refreshTokenGrace.limits},
    {refreshTokenIdle.name, Kind::number, optional,
     "how long a refresh token may lie unused, seconds; 0: as long as it lives",
     refreshTokenIdle.limits},
    {"clients_dir", Kind::path, optional, "folder of its statically registered clients"},
    {"pages_override_dir", Kind::path, optional,
     "templates of its own; without it those of `oauth`"},
    {"brand_name", Kind::text, optional, "whose pages they are; without it that of `oauth`"},
    {"brand_logo", Kind::path, optional,
     "an image on top of each page; without it that of `oauth`"},
    {"brand_color", Kind::text, optional,
     "color of buttons and links, \"#rrggbb\"; without it that of `oauth`"},
    {"grants", Kind::list, optional, "grant types it allows; without it all that are loaded"},
    {"user_stores", Kind::list, optional,
     "names of the user stores that know its people; without it all"},
};

bool consistsOf(std::string_view text, std::string_view marks) {
    return std::all_of(text.begin(), text.end(), [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               marks.find(c) != std::string_view::npos;
    });
}

std::string_view authorityOf(std::string_view url) {
    const auto rest = url.substr(std::min(url.find("://"), url.size() - 3) + 3);
    return rest.substr(0, rest.find('/'));
}

/// RFC 5952: one way to write an address.
bool isAddressInBrackets(std::string_view host) {
    const std::string address(host.substr(1, host.size() - 2));
    in6_addr bytes{};
    std::array<char, INET6_ADDRSTRLEN> text{};
    return inet_pton(AF_INET6, address.c_str(), &bytes) == 1 &&
           inet_ntop(AF_INET6, &bytes, text.data(), text.size()) != nullptr &&
           text.data() == address;
}

/// Hosts and paths are compared as clients send them, so there must be one way to write each.
std::string wrongWithHost(std::string_view authority) {
    const bool isBracketed = authority.front() == '[';
    const auto end = isBracketed ? authority.find(']') + 1 : authority.find(':');
    const auto host = authority.substr(0, end);
    if (isBracketed) {
        return isAddressInBrackets(host) ? "" : "has no address as RFC 5952 writes it";
    }
    if (!consistsOf(host, "-._") || host.back() == '.') {
        return R"(has a host that is no name: letters, digits, "-" and ".", no dot at its end)";
    }
    return {};
}

std::string wrongWithPath(std::string_view path) {
    if (path.empty()) {
        return {};
    }
    if (path.back() == '/') {
        return "ends in a slash; drop it: clients compare the issuer letter by letter";
    }
    if (!consistsOf(path, "-._~!$&'()*+,;=:@/")) {
        return "has a path with letters that would be written as %XX; use others";
    }
    if (path.substr(0, path.find('/', 1)) == "/.well-known") {
        return "has a path below /.well-known, which is its host's (RFC 8615)";
    }
    std::string_view rest = path;
    while (!rest.empty()) {
        rest.remove_prefix(1);
        const auto segment = rest.substr(0, rest.find('/'));
        if (segment.empty() || segment == "." || segment == "..") {
            return R"(has a path that clients would change: an empty segment, "." or "..")";
        }
        rest.remove_prefix(segment.size());
    }
    return {};
}

std::string wrongWith(const Poco::URI& uri, std::string_view text) {
    if ((uri.getScheme() != "https" && uri.getScheme() != "http") || uri.getHost().empty()) {
        return "is not an https URL";
    }
    if (text.compare(0, uri.getScheme().size(), uri.getScheme()) != 0) {
        return "must begin with " + uri.getScheme() + ":// in small letters, as clients compare it";
    }
    if (text.find_first_of("?#") != std::string_view::npos || !uri.getUserInfo().empty()) {
        return "can have no query, fragment or user name";
    }
    const auto authority = authorityOf(text);
    const auto wrong = wrongWithHost(authority);
    return wrong.empty() ? wrongWithPath(text.substr(text.find(authority) + authority.size()))
                         : wrong;
}

bool isLoopback(std::string_view host) {
    return host == "localhost" || host == "[::1]" || host.substr(0, 4) == "127.";
}

/// Sets URL and path, when the URL is one that an issuer can have (RFC 8414 section 2).
bool setUrl(Issuer& issuer, const std::string& url, const std::string& label, const Place& place,
            Problems& problems) {
    std::string wrong = "is not a URL";
    try {
        wrong = wrongWith(Poco::URI(url), url);
    } catch (const Poco::Exception&) {  // the text stays as it is
    }
    if (!wrong.empty()) {
        problems.add(place, label + ": \"" + url + "\" " + wrong);
        return false;
    }
    const auto authority = authorityOf(url);
    if (url.compare(0, 7, "http://") == 0 && !isLoopback(splitAuthority(authority).first)) {
        problems.warn({place, label + ": " + url +
                                  " is not https: passwords and tokens can be read on the way, "
                                  "cookies go without Secure, and many clients refuse it"});
    }
    issuer.url = url;
    issuer.path = url.substr(url.find(authority) + authority.size());
    return true;
}

std::string wrongWithMtlsUrl(const std::string& url) {
    const std::string_view authority = authorityOf(url);
    if (url.rfind("https://", 0) != 0) {
        return "must begin with https://";
    }
    if (authority.empty() || "https://" + std::string(authority) != url) {
        return "must be scheme, host and port alone: its endpoints have the issuer's paths";
    }
    const auto port = splitAuthority(authority).second;
    return port && !isWebPort(*port) ? "has no port that there is" : wrongWithHost(authority);
}

void setMtlsUrl(Issuer& issuer, const CheckedConfig& checked, const std::string& section,
                Problems& problems) {
    if (!checked.has("mtls_url")) {
        return;
    }
    issuer.mtlsUrl = checked.text("mtls_url");
    if (const auto wrong = wrongWithMtlsUrl(issuer.mtlsUrl); !wrong.empty()) {
        problems.add(checked.placeOf("mtls_url"),
                     section + ": mtls_url: \"" + issuer.mtlsUrl + "\" " + wrong);
    }
}

bool isEveryAddress(const std::string& host) {
    return host == "0.0.0.0" || host == "::" || host == "[::]";
}

/// Where this server listens, for trying things out.
std::string localUrl(const CheckedConfig& server, const std::string& scheme) {
    std::string host = server.text("host");
    if (host.find(':') != std::string::npos) {
        host = "[" + host + "]";
    }
    return scheme + "://" + host + ":" + std::to_string(server.number("port"));
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

PageBook::OwnLooks looksOf(const CheckedConfig& entry, Problems& problems) {
    const auto color = entry.text("brand_color");
    const auto problem = brandColorProblem(color);
    if (!problem.empty()) {
        problems.add(entry.placeOf("brand_color"),
                     "issuers: brand_color: " + color + " " + problem);
    }
    return {entry.text("pages_override_dir"),
            {entry.text("brand_name"), entry.text("brand_logo"), color}};
}

IssuerEntry entryOf(const CheckedConfig& checked, Problems& problems) {
    IssuerEntry entry;
    entry.issuer.id = static_cast<IssuerId>(checked.number("id"));
    entry.issuer.grants = namesOf(checked, "grants", problems);
    entry.issuer.userStores = namesOf(checked, "user_stores", problems);
    entry.clientsDir = checked.text("clients_dir");
    entry.looks = looksOf(checked, problems);
    entry.place = checked.placeOf("url");
    entry.grantsPlace = checked.placeOf("grants");
    if (checked.has("url")) {
        setUrl(entry.issuer, checked.text("url"), "issuers: url", entry.place, problems);
    }
    setMtlsUrl(entry.issuer, checked, "issuers", problems);
    entry.profile = checked.text("profile");
    for (const auto& member : lifetimeMembers) {
        if (checked.has(member.name)) {
            entry.lifetimes.set(member.name, checked.number(member.name));
        }
    }
    checkClientsDir(checked, "issuers: ", problems);
    return entry;
}

using Places = std::map<std::string, const IssuerEntry*>;

/// Two that are found by the same host and path are one.
void refuseTwin(const char* setting, const std::string& url, const IssuerEntry& entry,
                Places& places, Problems& problems) {
    const auto [same, isNew] =
        places.emplace(hostName(authorityOf(url)) + entry.issuer.path, &entry);
    if (!isNew) {
        problems.add(entry.place, std::string("issuers: ") + setting + ": \"" + url +
                                      "\" is found where " + same->second->issuer.url + " is, at " +
                                      same->second->place.text());
    }
}

void refuseTwins(const std::vector<IssuerEntry>& entries, Problems& problems) {
    std::map<IssuerId, const IssuerEntry*> ids;
    Places places;
    for (const auto& entry : entries) {
        const auto& issuer = entry.issuer;
        const auto [sameId, isNewId] = ids.emplace(issuer.id, &entry);
        if (!isNewId && issuer.id != 0) {
            problems.add(entry.place, "issuers: the id " + std::to_string(issuer.id) +
                                          " is taken by " + sameId->second->issuer.url + " at " +
                                          sameId->second->place.text());
        }
        if (!issuer.url.empty()) {  // otherwise a problem already
            refuseTwin("url", issuer.url, entry, places, problems);
        }
    }
    for (const auto& entry : entries) {
        if (!entry.issuer.url.empty() && !entry.issuer.mtlsUrl.empty()) {
            refuseTwin("mtls_url", entry.issuer.mtlsUrl, entry, places, problems);
        }
    }
}

}  // namespace

FieldTable issuersFields() {
    return fields;
}

void checkClientsDir(const CheckedConfig& checked, const std::string& label, Problems& problems) {
    const std::string folder = checked.text("clients_dir");
    std::error_code ignored;
    if (!folder.empty() && !std::filesystem::is_directory(folder, ignored)) {
        problems.add(checked.placeOf("clients_dir"),
                     label + "clients_dir: " + folder + " is not a folder");
    }
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
                                    const std::string& scheme, Problems& problems) {
    const bool isSet = oauth.has("issuer");
    IssuerEntry only;
    only.place = oauth.placeOf("issuer");
    if (!isSet && server.has("port") && server.number("port") == 0) {
        problems.add(only.place, "oauth: issuer: missing; with any free port it must be said");
        return {};
    }
    if (!isSet && (!server.has("host") || !server.has("port"))) {  // a problem already
        return {};
    }
    if (!isSet && isEveryAddress(server.text("host"))) {
        problems.add(only.place, "oauth: issuer: missing; a server that listens on all addresses "
                                 "must be told the URL that clients know it by");
        return {};
    }
    const std::string url = isSet ? oauth.text("issuer") : localUrl(server, scheme);
    if (!setUrl(only.issuer, url, "oauth: issuer", only.place, problems)) {
        return {};
    }
    setMtlsUrl(only.issuer, oauth, "oauth", problems);
    only.profile = oauth.text("profile");
    return {std::move(only)};
}

}  // namespace gatehouse
