// SPDX-License-Identifier: Apache-2.0
#include "RegisteredCertificates.h"

#include "crypto/CertificateList.h"
#include "crypto/Digest.h"
#include "jose/JwkKey.h"
#include "text/Base64.h"
#include "text/Base64Url.h"

#include <algorithm>
#include <string>

namespace gatehouse {

namespace {

/// RFC 7517 section 4.7: base64, that of the key first.
bool isFirstOf(const Value& chain, const std::string& der) {
    const auto* list = chain.list();
    const auto* first = list == nullptr || list->empty() ? nullptr : list->front().text();
    return first != nullptr && *first == base64(der);
}

bool isOf(const ValueMap& jwk, const X509& certificate, const std::string& der) {
    if (jwk.text("use") == "enc") {
        return false;
    }
    if (const Value* chain = jwk.find("x5c")) {
        return isFirstOf(*chain, der);
    }
    if (jwk.contains("x5t#S256")) {
        return jwk.text("x5t#S256") == base64url(sha256(der));
    }
    const auto key = keyFromJwk(jwk);
    return key && succeeded(EVP_PKEY_eq(key->get(), X509_get0_pubkey(&certificate)));
}

}  // namespace

bool isRegistered(const X509& certificate, const Value& jwks) {
    const auto* keys = jwks.map() == nullptr ? nullptr : jwks.map()->find("keys");
    if (keys == nullptr || keys->list() == nullptr) {
        return false;
    }
    const auto der = derOf(certificate);
    return std::any_of(keys->list()->begin(), keys->list()->end(), [&](const Value& jwk) {
        return jwk.map() != nullptr && isOf(*jwk.map(), certificate, der);
    });
}

}  // namespace gatehouse
