// SPDX-License-Identifier: Apache-2.0
#include "jose/JweReader.h"

#include "crypto/RandomPool.h"
#include "jose/ContentCipher.h"
#include "jose/JweKeys.h"
#include "jose/JwkKey.h"
#include "text/Base64Url.h"

namespace gatehouse {

namespace {

/// The sender's point, uncompressed; nullopt unless it is one of the key's curve (RFC 7518 section
/// 4.6.1.1).
std::optional<std::string> pointOf(const CompactJwe& jwe, const ValueMap& jwk) {
    const auto* ephemeral = jwe.header.find("epk");
    if (ephemeral == nullptr || ephemeral->map() == nullptr) {
        return std::nullopt;
    }
    const auto& sent = *ephemeral->map();
    if (sent.text("kty") != "EC" || sent.text("crv") != jwk.text("crv") || !keyFromJwk(sent)) {
        return std::nullopt;
    }
    return "\x04" + *fromBase64url(sent.text("x")) + *fromBase64url(sent.text("y"));
}

std::optional<Secret> agreed(const CompactJwe& jwe, const ValueMap& jwk, const KeyOpener& open) {
    const auto point = pointOf(jwe, jwk);
    const auto shared = point ? open(*point) : std::nullopt;
    auto key =
        shared ? agreedKey(*shared, *jwe.algorithm, *jwe.encryption, jwe.header) : std::nullopt;
    if (!key || jwe.algorithm->wrapSize != 0) {
        return key ? unwrapKey(*key, jwe.encryptedKey) : std::nullopt;
    }
    return jwe.encryptedKey.empty() ? key : std::nullopt;
}

}  // namespace

std::optional<std::string> decryptJwe(const CompactJwe& jwe, const ValueMap& jwk,
                                      const KeyOpener& open) {
    const auto size = jwe.encryption->keySize;
    const Secret random(randomBytes(size));
    const auto opened =
        jwe.algorithm->keyType == "RSA" ? open(jwe.encryptedKey) : agreed(jwe, jwk, open);
    const auto& key = opened && opened->view().size() == size ? *opened : random;
    return decryptContent(*jwe.encryption, key, {jwe.nonce, jwe.content, jwe.tag}, jwe.bound);
}

}  // namespace gatehouse
