// SPDX-License-Identifier: Apache-2.0
#include "http/ClientCertField.h"

#include "crypto/CertificateList.h"
#include "http/HttpGrammar.h"
#include "text/Base64.h"
#include "text/Percent.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

namespace {

constexpr std::size_t longestChain = 10;
constexpr std::string_view begin = "-----BEGIN CERTIFICATE-----\n";
constexpr std::string_view end = "-----END CERTIFICATE-----\n";

/// RFC 8941 section 3.3.5, without parameters: ":" base64 ":".
std::optional<std::string> byteSequence(std::string_view item) {
    if (item.size() < 2 || item.front() != ':' || item.back() != ':') {
        return std::nullopt;
    }
    return fromBase64(item.substr(1, item.size() - 2));
}

/// PEM, percent-encoded: the one form in which nginx can tell it ($ssl_client_escaped_cert).
std::optional<std::string> escapedPem(std::string_view item) {
    auto pem = percentDecode(item);
    if (!pem || pem->size() < begin.size() + end.size() || pem->rfind(begin, 0) != 0 ||
        pem->compare(pem->size() - end.size(), end.size(), end) != 0) {
        return std::nullopt;
    }
    auto body = pem->substr(begin.size(), pem->size() - begin.size() - end.size());
    body.erase(std::remove(body.begin(), body.end(), '\n'), body.end());
    return fromBase64(body);
}

bool addOwn(CertificateChain& chain, std::string_view value) {
    auto der = value.substr(0, 1) == "-" ? escapedPem(value) : byteSequence(value);
    const auto own = der ? certificatesIn(*der, 1) : std::vector<Certificate>();
    if (own.empty() || !hasStrongKey(*own.front())) {
        return false;
    }
    chain.push_back(*std::move(der));
    return true;
}

/// Of one certificate, or of all of them in one, as HAProxy tells them (ssl_c_chain_der).
bool addOthers(CertificateChain& chain, std::string_view item) {
    const auto der = byteSequence(item);
    const auto others =
        der ? certificatesIn(*der, longestChain - chain.size()) : std::vector<Certificate>();
    for (const auto& other : others) {
        chain.push_back(derOf(*other));
    }
    return !others.empty();
}

}  // namespace

std::shared_ptr<const CertificateChain> clientCertificateIn(const HttpRequest& request) {
    if (request.header("client-cert").empty()) {
        return nullptr;
    }
    auto chain = std::make_shared<CertificateChain>();
    bool isSound = true;
    for (const auto& field : request.headers) {
        if (field.name == "client-cert") {
            isSound = isSound && chain->empty() && addOwn(*chain, field.value);
        }
    }
    if (!isSound) {
        return nullptr;
    }
    for (const auto& field : request.headers) {
        if (field.name == "client-cert-chain") {
            eachElement(field.value, [&](std::string_view item) {
                isSound = isSound && addOthers(*chain, item);
            });
        }
    }
    return isSound ? chain : nullptr;
}

}  // namespace gatehouse
