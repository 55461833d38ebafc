// SPDX-License-Identifier: Apache-2.0
#include "Enrolment.h"

#include "qr/QrCode.h"
#include "text/Base32.h"
#include "text/Base64.h"
#include "text/WebHost.h"

#include <cstddef>

namespace gatehouse {

namespace {

constexpr std::size_t secretSize = 20;  // RFC 4226 section 4
constexpr std::size_t groupSize = 4;

std::string inGroups(const std::string& text) {
    std::string groups;
    for (std::size_t begin = 0; begin < text.size(); begin += groupSize) {
        groups.append(groups.empty() ? "" : " ").append(text.substr(begin, groupSize));
    }
    return groups;
}

}  // namespace

TotpKey newTotpKey(Random& random) {
    TotpKey key;
    key.secret = Secret(random.bytes(secretSize));
    return key;
}

Page enrolmentPage(const TotpKey& key, std::string_view issuer, std::string_view login) {
    const auto uri = keyUri(key, issuer, login);
    Page page{"totp_enrolment",
              {{"uri", uri}, {"typed_key", inGroups(base32(key.secret.view()))}, {"login", login}}};
    if (const auto picture = qrCode(uri)) {
        page.values.set("picture", "data:image/svg+xml;base64," + base64(*picture));
    }
    return page;
}

std::string issuerName(std::string_view set, const Issuer& issuer) {
    if (!set.empty()) {
        return std::string(set);
    }
    constexpr std::string_view separator = "://";
    const std::string_view origin = issuer.origin();
    const auto authority = origin.substr(origin.find(separator) + separator.size());
    return std::string(splitAuthority(authority).first);
}

}  // namespace gatehouse
