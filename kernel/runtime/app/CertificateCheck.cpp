// SPDX-License-Identifier: Apache-2.0
#include "app/CertificateCheck.h"

#include "text/HostName.h"
#include "text/WebHost.h"
#include "tls/Certificates.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse {

namespace {

void warnOfAge(const TlsEntry& entry, TimePoint expires, TimePoint now, Problems& problems) {
    if (const auto age = Certificates::ageText(entry.files.certificate, expires, now);
        !age.empty()) {
        problems.warn({entry.certificatePlace, "server.tls: " + age});
    }
}

/// Everything that OpenSSL may object to shows now, and not to the first client.
void tryOut(const TlsEntry& entry, ServedCertificate certificate, const Clock& clock,
            Problems& problems) {
    std::vector<ServedCertificate> only;
    only.push_back(std::move(certificate));
    const auto set = CertificateSet::make(std::move(only), std::make_shared<TicketKeys>(clock));
    if (!set) {
        problems.add(entry.certificatePlace,
                     "server.tls: " + entry.files.certificate + ": " + set.error().detail);
    }
}

/// As certificates have it: in lower case, an IPv6 address without brackets.
std::string hostOf(std::string_view url) {
    const auto rest = url.substr(url.find("://") + 3);
    const std::string host = hostName(splitAuthority(rest.substr(0, rest.find('/'))).first);
    return host.front() == '[' ? host.substr(1, host.size() - 2) : host;
}

void checkIssuer(const IssuerEntry& entry, const std::vector<std::string>& names,
                 Problems& problems) {
    const auto scheme = entry.issuer.url.substr(0, entry.issuer.url.find("://"));
    const auto host = hostOf(entry.issuer.url);
    if (scheme != "https") {
        problems.warn({entry.place, entry.issuer.url +
                                        " is not https, but server.tls makes this server speak "
                                        "nothing else"});
    } else if (!names.empty() && !namesHost(names, host)) {
        problems.warn({entry.place, "no certificate of server.tls names " + host});
    }
}

}  // namespace

void checkCertificates(const Configuration& configuration, const Clock& clock, Problems& problems) {
    std::vector<std::string> names;
    for (const auto& entry : configuration.tls()) {
        auto certificate = readCertificate(entry.files);
        if (!certificate) {
            const auto& fault = certificate.error();
            problems.add(fault.isOfKey ? entry.keyPlace : entry.certificatePlace,
                         "server.tls: " + fault.text);
            continue;
        }
        for (const auto& doubt : certificate->doubts) {
            problems.warn({entry.keyPlace, "server.tls: " + doubt});
        }
        warnOfAge(entry, certificate->expires, clock.now(), problems);
        names.insert(names.end(), certificate->names.begin(), certificate->names.end());
        tryOut(entry, *std::move(certificate), clock, problems);
    }
    if (configuration.tls().empty()) {
        return;
    }
    for (const auto& issuer : configuration.issuers()) {
        checkIssuer(issuer, names, problems);
    }
}

}  // namespace gatehouse
