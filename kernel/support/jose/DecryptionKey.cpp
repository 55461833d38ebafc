// SPDX-License-Identifier: Apache-2.0
#include "jose/DecryptionKey.h"

#include "crypto/OpenSsl.h"
#include "jose/JweAlgorithm.h"
#include "jose/Jwk.h"
#include "jose/JwkKey.h"
#include "jose/Pkcs8.h"

#include <openssl/crypto.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <utility>

namespace gatehouse {

struct DecryptionKey::State {
    Key key;
    const JweAlgorithm& algorithm;
    ValueMap jwk;  ///< public members, without kid
};

namespace {

constexpr unsigned rsaBits = 2048;

/// What `run` writes into a buffer whose size it says when it is given none.
template <class Run> std::optional<Secret> output(Run run) {
    std::size_t size = 0;
    if (run(nullptr, &size) != 1) {
        return std::nullopt;
    }
    std::string bytes(size, '\0');
    const bool isDone = run(reinterpret_cast<unsigned char*>(bytes.data()), &size) == 1;
    auto secret =
        isDone ? std::optional(Secret(std::string_view(bytes).substr(0, size))) : std::nullopt;
    OPENSSL_cleanse(bytes.data(), bytes.size());
    return secret;
}

std::optional<Secret> openRsa(EVP_PKEY* key, const char* digest, std::string_view input) {
    const KeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    require(context != nullptr && EVP_PKEY_decrypt_init(context.get()) == 1 &&
                EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_OAEP_PADDING) == 1 &&
                EVP_PKEY_CTX_set_rsa_oaep_md_name(context.get(), digest, nullptr) == 1 &&
                EVP_PKEY_CTX_set_rsa_mgf1_md_name(context.get(), digest, nullptr) == 1,
            "OpenSSL cannot decrypt with RSA");
    return output([&](unsigned char* bytes, std::size_t* size) {
        return EVP_PKEY_decrypt(context.get(), bytes, size, bytesOf(input), input.size());
    });
}

std::optional<Secret> agree(EVP_PKEY* key, std::string_view point) {
    const Key peer(EVP_PKEY_new());
    const KeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    const bool isReady =
        peer != nullptr && context != nullptr && !point.empty() && point.front() == '\x04' &&
        EVP_PKEY_copy_parameters(peer.get(), key) == 1 &&
        EVP_PKEY_set1_encoded_public_key(peer.get(), bytesOf(point), point.size()) == 1 &&
        EVP_PKEY_derive_init(context.get()) == 1 &&
        EVP_PKEY_derive_set_peer_ex(context.get(), peer.get(), 1) == 1;
    return isReady ? output([&](unsigned char* bytes, std::size_t* size) {
        return EVP_PKEY_derive(context.get(), bytes, size);
    })
                   : std::nullopt;
}

Error unknown(std::string_view algorithm) {
    return Error::badInput("no encryption keys for algorithm " + std::string(algorithm));
}

/// The `crv` of a key on one; empty for others.
std::string_view curveOf(EVP_PKEY* key) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 3> names{
        {{"prime256v1", "P-256"}, {"secp384r1", "P-384"}, {"secp521r1", "P-521"}}};
    std::array<char, 32> name{};
    std::size_t size = 0;
    if (EVP_PKEY_get_group_name(key, name.data(), name.size(), &size) != 1) {
        return {};
    }
    const auto found = std::find_if(names.begin(), names.end(), [&](const auto& known) {
        return known.first == std::string_view(name.data(), size);
    });
    return found == names.end() ? std::string_view() : found->second;
}

}  // namespace

DecryptionKey::DecryptionKey(std::shared_ptr<const State> state) : state_(std::move(state)) {}

Result<DecryptionKey> DecryptionKey::make(std::shared_ptr<State> state) {
    const auto type = state->algorithm.keyType;
    if (state->key == nullptr || EVP_PKEY_is_a(state->key.get(), std::string(type).c_str()) != 1) {
        ERR_clear_error();
        return Error::badInput("not a private key for " + std::string(state->algorithm.name));
    }
    auto jwk = jwkFromKey(state->key.get(), type, curveOf(state->key.get()));
    if (!jwk) {
        return jwk.error();
    }
    state->jwk = *std::move(jwk);
    return DecryptionKey(std::move(state));
}

Result<DecryptionKey> DecryptionKey::generate(std::string_view algorithm) {
    const auto* found = findJweAlgorithm(algorithm);
    if (found == nullptr) {
        return unknown(algorithm);
    }
    Key key(found->keyType == "RSA" ? EVP_RSA_gen(rsaBits) : EVP_EC_gen("P-256"));
    return make(std::make_shared<State>(State{std::move(key), *found, {}}));
}

Result<DecryptionKey> DecryptionKey::fromPkcs8(const Secret& der, std::string_view algorithm) {
    const auto* found = findJweAlgorithm(algorithm);
    if (found == nullptr) {
        return unknown(algorithm);
    }
    return make(std::make_shared<State>(State{readPkcs8(der.view()), *found, {}}));
}

Secret DecryptionKey::toPkcs8() const {
    return writePkcs8(state_->key.get());
}

ValueMap DecryptionKey::publicJwk(std::string_view kid) const {
    auto jwk = state_->jwk;
    jwk.set("kid", kid.empty() ? thumbprint(jwk) : std::string(kid));
    jwk.set("alg", state_->algorithm.name);
    jwk.set("use", "enc");
    return jwk;
}

std::optional<Secret> DecryptionKey::open(std::string_view input) const {
    auto opened = state_->algorithm.keyType == "RSA"
                      ? openRsa(state_->key.get(), state_->algorithm.digest, input)
                      : agree(state_->key.get(), input);
    ERR_clear_error();
    return opened;
}

}  // namespace gatehouse
