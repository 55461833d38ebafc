// SPDX-License-Identifier: Apache-2.0
#include "config/TlsList.h"

#include "config/Sections.h"

#include <string>
#include <utility>

namespace gatehouse {

namespace {

constexpr const char* label = "server.tls";

constexpr Field fields[] = {
    {"certificate", Kind::path, required,
     "PEM file: the server's own certificate first, then each one's issuer"},
    {"key", Kind::path, required, "PEM file of its private key, without a passphrase, mode 0600"},
};

void addEntry(const ConfigNode& node, std::vector<TlsEntry>& entries, Problems& problems) {
    if (!node.isMap()) {
        problems.add(node.place(), std::string(label) +
                                       ": a map is wanted, such as \"{certificate: tls/chain.pem, "
                                       "key: tls/key.pem}\", or a list of such");
        return;
    }
    const auto checked =
        CheckedConfig::check(fields, {label, label, node.place(), &node}, problems);
    TlsEntry entry{{checked.text("certificate"), checked.text("key")},
                   checked.placeOf("certificate"),
                   checked.placeOf("key")};
    if (!entry.files.certificate.empty() && !entry.files.key.empty()) {
        entries.push_back(std::move(entry));
    }
}

/// Does who listens at all addresses take this one along? "::" takes those of IPv4 too.
bool covers(const std::string& all, const std::string& host) {
    return all == "::" || (all == "0.0.0.0" && host.find(':') == std::string::npos);
}

/// Would the two listen at one address?
bool doMeet(const std::string& one, const std::string& other) {
    return one == other || covers(one, other) || covers(other, one);
}

/// What it needs of the rest of `server`.
void checkPort(const CheckedConfig& mtls, const CheckedConfig& server, bool hasCertificate,
               Problems& problems) {
    const auto port = mtls.number("port");
    if (port == 0) {
        return;
    }
    if (!hasCertificate) {
        problems.add(mtls.placeOf("port"), "server.mtls: port: needs server.tls, the certificate "
                                           "that is shown to clients");
    }
    if (port == server.number("port") &&
        (!mtls.has("host") || doMeet(mtls.text("host"), server.text("host")))) {
        problems.add(mtls.placeOf("port"),
                     "server.mtls: port: is that of server; it needs one of its own");
    }
}

}  // namespace

FieldTable tlsFields() {
    return fields;
}

std::vector<TlsEntry> readTls(const ConfigNode& node, Problems& problems) {
    std::vector<TlsEntry> entries;
    if (!node.isList()) {
        addEntry(node, entries, problems);
        return entries;
    }
    if (node.items().empty()) {
        problems.add(node.place(), std::string(label) + ": names no certificate; leave it out for "
                                                        "plain HTTP");
    }
    for (const auto& item : node.items()) {
        addEntry(item, entries, problems);
    }
    return entries;
}

CheckedConfig readMtls(const std::optional<ConfigNode>& node, const CheckedConfig& server,
                       const Place& place, bool hasCertificate, Problems& problems) {
    constexpr const char* mtlsLabel = "server.mtls";
    const ConfigNode none = ConfigNode::map(place);
    if (node && !node->isMap()) {
        problems.add(node->place(), "server.mtls: a map is wanted, such as \"{port: 8444}\"");
    }
    const ConfigNode& given = node && node->isMap() ? *node : none;
    auto mtls =
        CheckedConfig::check(mtlsFields(), {mtlsLabel, mtlsLabel, given.place(), &given}, problems);
    checkPort(mtls, server, hasCertificate, problems);
    return mtls;
}

void checkMutualTls(const CheckedConfig& mtls, const CheckedConfig& server,
                    const CheckedConfig& oauth, const std::vector<IssuerEntry>& issuers,
                    Problems& problems) {
    const bool areBelieved = mtls.boolean("by_proxies");
    if (areBelieved && server.list("trusted_proxies").empty()) {
        problems.warn({mtls.placeOf("by_proxies"),
                       "server.mtls: by_proxies: nobody is believed to be a proxy; name yours in "
                       "server.trusted_proxies"});
    }
    for (const auto& entry : issuers) {
        if (!entry.issuer.mtlsUrl.empty() && mtls.number("port") == 0 && !areBelieved) {
            problems.warn({oauth.has("mtls_url") ? oauth.placeOf("mtls_url") : entry.place,
                           "mtls_url: " + entry.issuer.mtlsUrl +
                               ": nobody is asked for a certificate there; set server.mtls.port, "
                               "or behind a proxy that tells certificates server.mtls.by_proxies"});
        }
    }
}

}  // namespace gatehouse
