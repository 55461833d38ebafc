// SPDX-License-Identifier: Apache-2.0
#include "http/ClientCertField.h"

#include "http/HttpGrammar.h"
#include "text/Base64.h"
#include "tls/ClientCertificate.h"

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

namespace {

constexpr std::size_t longestChain = 10;

/// RFC 8941 section 3.3.5, without parameters: ":" base64 ":".
std::optional<std::string> byteSequence(std::string_view item) {
    if (item.size() < 2 || item.front() != ':' || item.back() != ':') {
        return std::nullopt;
    }
    return fromBase64(item.substr(1, item.size() - 2));
}

bool addTo(CertificateChain& chain, std::string_view item) {
    auto der = byteSequence(item);
    if (!der || chain.size() >= longestChain || !isCertificate(*der)) {
        return false;
    }
    chain.push_back(*std::move(der));
    return true;
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
            isSound = isSound && chain->empty() && addTo(*chain, field.value);
        }
    }
    if (!isSound) {
        return nullptr;
    }
    for (const auto& field : request.headers) {
        if (field.name == "client-cert-chain") {
            eachElement(field.value,
                        [&](std::string_view item) { isSound = isSound && addTo(*chain, item); });
        }
    }
    return isSound ? chain : nullptr;
}

}  // namespace gatehouse
