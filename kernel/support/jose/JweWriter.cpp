// SPDX-License-Identifier: Apache-2.0
#include "jose/JweWriter.h"

#include "crypto/OpenSsl.h"
#include "crypto/RandomPool.h"
#include "jose/ContentCipher.h"
#include "jose/JweKeys.h"
#include "jose/JwkKey.h"
#include "json/Json.h"
#include "text/Base64Url.h"

#include <openssl/crypto.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <array>
#include <cstddef>

namespace gatehouse {

namespace {

/// How the content's key reaches the recipient.
struct Sent {
    Secret key;  ///< the content's
    std::string encrypted;
};

std::string encryptRsa(EVP_PKEY* key, const char* digest, const Secret& secret) {
    const KeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    std::string encrypted(static_cast<std::size_t>(EVP_PKEY_get_size(key)), '\0');
    std::size_t size = encrypted.size();
    require(context != nullptr && EVP_PKEY_encrypt_init(context.get()) == 1 &&
                EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_OAEP_PADDING) == 1 &&
                EVP_PKEY_CTX_set_rsa_oaep_md_name(context.get(), digest, nullptr) == 1 &&
                EVP_PKEY_CTX_set_rsa_mgf1_md_name(context.get(), digest, nullptr) == 1 &&
                EVP_PKEY_encrypt(context.get(), reinterpret_cast<unsigned char*>(encrypted.data()),
                                 &size, bytesOf(secret.view()), secret.view().size()) == 1,
            "OpenSSL cannot encrypt with RSA");
    encrypted.resize(size);
    return encrypted;
}

Secret sharedSecret(EVP_PKEY* own, EVP_PKEY* peer) {
    const KeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, own, nullptr));
    std::array<unsigned char, 66> bytes{};  // a coordinate on P-521
    std::size_t size = bytes.size();
    require(context != nullptr && EVP_PKEY_derive_init(context.get()) == 1 &&
                EVP_PKEY_derive_set_peer(context.get(), peer) == 1 &&
                EVP_PKEY_derive(context.get(), bytes.data(), &size) == 1,
            "OpenSSL cannot agree on a key");
    Secret shared(std::string_view(reinterpret_cast<const char*>(bytes.data()), size));
    OPENSSL_cleanse(bytes.data(), bytes.size());
    return shared;
}

/// With a key pair made for this one text, of which the header gets the public half.
Sent agree(EVP_PKEY* recipient, std::string_view curve, const JweAlgorithm& algorithm,
           const JweEncryption& encryption, ValueMap& header) {
    const Key own(EVP_EC_gen(std::string(curve).c_str()));
    require(own != nullptr, "OpenSSL makes no key");
    auto ephemeral = jwkFromKey(own.get(), "EC", curve);
    require(bool(ephemeral), "OpenSSL makes no key");
    header.set("epk", *std::move(ephemeral));
    auto agreed = *agreedKey(sharedSecret(own.get(), recipient), algorithm, encryption, header);
    if (algorithm.wrapSize == 0) {
        return {std::move(agreed), {}};
    }
    Secret key(randomBytes(encryption.keySize));
    auto wrapped = wrapKey(agreed, key);
    return {std::move(key), std::move(wrapped)};
}

Sent send(EVP_PKEY* recipient, const ValueMap& jwk, const JweAlgorithm& algorithm,
          const JweEncryption& encryption, ValueMap& header) {
    if (algorithm.keyType == "EC") {
        return agree(recipient, jwk.text("crv"), algorithm, encryption, header);
    }
    Secret random(randomBytes(encryption.keySize));
    auto encrypted = encryptRsa(recipient, algorithm.digest, random);
    return {std::move(random), std::move(encrypted)};
}

ValueMap headerOf(const ValueMap& jwk, const JweAlgorithm& algorithm,
                  const JweEncryption& encryption, std::string_view contentType) {
    ValueMap header{{"alg", algorithm.name}, {"enc", encryption.name}};
    if (!jwk.text("kid").empty()) {
        header.set("kid", jwk.text("kid"));
    }
    if (!contentType.empty()) {
        header.set("cty", contentType);
    }
    return header;
}

bool isOperation(const Value& operation) {
    constexpr std::array<std::string_view, 4> encrypting{"encrypt", "wrapKey", "deriveKey",
                                                         "deriveBits"};
    return operation.text() != nullptr &&
           std::find(encrypting.begin(), encrypting.end(), *operation.text()) != encrypting.end();
}

}  // namespace

bool encryptsWith(const ValueMap& jwk, const JweAlgorithm& algorithm) {
    const bool isForUse = !jwk.contains("use") || jwk.text("use") == "enc";
    const bool isForAlgorithm = !jwk.contains("alg") || jwk.text("alg") == algorithm.name;
    const auto* operations = jwk.find("key_ops");
    const auto* list = operations == nullptr ? nullptr : operations->list();
    const bool isForOperation =
        operations == nullptr ||
        (list != nullptr && std::any_of(list->begin(), list->end(), isOperation));
    return jwk.text("kty") == algorithm.keyType && isForUse && isForAlgorithm && isForOperation;
}

Result<std::string> encryptJwe(const ValueMap& jwk, const JweAlgorithm& algorithm,
                               const JweEncryption& encryption, std::string_view contentType,
                               std::string_view plain) {
    const auto recipient = keyFromJwk(jwk);
    if (!recipient) {
        return recipient.error();
    }
    auto header = headerOf(jwk, algorithm, encryption, contentType);
    const auto sent = send(recipient->get(), jwk, algorithm, encryption, header);
    const auto bound = base64url(toJson(header));
    const auto text = encryptContent(encryption, sent.key, plain, bound);
    std::string jwe = bound;
    for (const auto& part : {sent.encrypted, text.nonce, text.content, text.tag}) {
        jwe += '.';
        appendBase64url(jwe, part);
    }
    return jwe;
}

}  // namespace gatehouse
