// SPDX-License-Identifier: Apache-2.0
#include "jose/SigningKey.h"

#include "jose/Algorithm.h"
#include "jose/Jwk.h"
#include "jose/JwkKey.h"
#include "jose/Pkcs8.h"
#include "jose/SignatureContexts.h"
#include "jose/VerificationKey.h"

#include <openssl/rsa.h>

#include <cstddef>
#include <utility>

namespace gatehouse {

struct SigningKey::State {
    SignatureContexts contexts;
    const Algorithm& algorithm;
    ValueMap jwk;  ///< public members, without kid

    State(Key key, const Algorithm& fixed, ValueMap members)
        : contexts(std::move(key), Purpose::sign), algorithm(fixed), jwk(std::move(members)) {}
    static Result<std::shared_ptr<State>> make(Key key, const Algorithm& algorithm);
};

namespace {

constexpr unsigned rsaBits = 2048;

const Algorithm* keyPairAlgorithm(std::string_view name) {
    const auto* algorithm = findAlgorithm(name);
    return algorithm == nullptr || algorithm->scheme == Scheme::hmac ? nullptr : algorithm;
}

Error unknown(std::string_view algorithm) {
    return Error::badInput("no key pairs for algorithm " + std::string(algorithm));
}

Key generateKey(const Algorithm& algorithm) {
    if (algorithm.keyType == "RSA") {
        return Key(EVP_RSA_gen(rsaBits));
    }
    if (algorithm.keyType == "EC") {
        return Key(EVP_EC_gen(std::string(algorithm.curve).c_str()));
    }
    return Key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
}

bool isOfType(EVP_PKEY* key, const Algorithm& algorithm) {
    if (algorithm.keyType == "RSA") {
        return EVP_PKEY_is_a(key, "RSA") == 1;
    }
    return EVP_PKEY_is_a(key, algorithm.keyType == "EC" ? "EC" : "ED25519") == 1;
}

/// Signs with the key and verifies with its public JWK: the two must be one pair.
bool works(SignatureContexts& contexts, const Algorithm& algorithm, const ValueMap& jwk) {
    constexpr std::string_view sample = "a new key signs once before use";
    const auto signature = contexts.sign(algorithm, sample);
    const auto verifier = VerificationKey::fromJwk(jwk);
    return signature && verifier && verifier->verify(algorithm.name, sample, *signature);
}

}  // namespace

/// Takes a key over when it fits the algorithm and works.
Result<std::shared_ptr<SigningKey::State>> SigningKey::State::make(Key key,
                                                                   const Algorithm& algorithm) {
    if (key == nullptr || !isOfType(key.get(), algorithm)) {
        ERR_clear_error();
        return Error::badInput("not a private key for " + std::string(algorithm.name));
    }
    auto jwk = jwkFromKey(key.get(), algorithm.keyType, algorithm.curve);
    if (!jwk) {
        return jwk.error();
    }
    auto state = std::make_shared<State>(std::move(key), algorithm, std::move(*jwk));
    if (!works(state->contexts, algorithm, state->jwk)) {
        return Error::badInput("the key's signature does not hold");
    }
    return state;
}

Result<SigningKey> SigningKey::generate(std::string_view algorithm) {
    const auto* found = keyPairAlgorithm(algorithm);
    if (found == nullptr) {
        return unknown(algorithm);
    }
    auto state = State::make(generateKey(*found), *found);
    return state ? Result(SigningKey(*state)) : Result<SigningKey>(state.error());
}

Result<SigningKey> SigningKey::fromPkcs8(const Secret& der, std::string_view algorithm) {
    const auto* found = keyPairAlgorithm(algorithm);
    if (found == nullptr) {
        return unknown(algorithm);
    }
    auto state = State::make(readPkcs8(der.view()), *found);
    return state ? Result(SigningKey(*state)) : Result<SigningKey>(state.error());
}

SigningKey::SigningKey(std::shared_ptr<State> state) : state_(std::move(state)) {}

std::string_view SigningKey::algorithm() const noexcept {
    return state_->algorithm.name;
}

Secret SigningKey::toPkcs8() const {
    return writePkcs8(state_->contexts.key());
}

ValueMap SigningKey::publicJwk(std::string_view kid) const {
    auto jwk = state_->jwk;
    jwk.set("kid", kid.empty() ? thumbprint(jwk) : std::string(kid));
    jwk.set("alg", state_->algorithm.name);
    jwk.set("use", "sig");
    return jwk;
}

Result<std::string> SigningKey::sign(std::string_view input) const {
    auto signature = state_->contexts.sign(state_->algorithm, input);
    if (!signature) {
        return Error::internal("OpenSSL cannot sign");
    }
    return std::move(*signature);
}

}  // namespace gatehouse
