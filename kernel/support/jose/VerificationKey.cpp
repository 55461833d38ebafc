// SPDX-License-Identifier: Apache-2.0
#include "jose/VerificationKey.h"

#include "jose/Algorithm.h"
#include "jose/JwkKey.h"
#include "jose/SignatureContexts.h"

#include <algorithm>
#include <string>
#include <utility>

namespace gatehouse {

struct VerificationKey::State {
    SignatureContexts contexts;
    std::string type;
    std::string curve;
    std::string algorithm;  ///< the JWK's `alg`; empty when it has none

    State(Key key, const ValueMap& jwk)
        : contexts(std::move(key), Purpose::verify), type(jwk.text("kty")), curve(jwk.text("crv")),
          algorithm(jwk.text("alg")) {}
};

namespace {

/// RFC 7517 sections 4.2 and 4.3.
bool isForSignatures(const ValueMap& jwk) {
    const auto* use = jwk.find("use");
    if (use != nullptr && jwk.text("use") != "sig") {
        return false;
    }
    const auto* operations = jwk.find("key_ops");
    if (operations == nullptr) {
        return true;
    }
    const auto* list = operations->list();
    return list != nullptr && std::any_of(list->begin(), list->end(), [](const Value& operation) {
               return operation.text() != nullptr && *operation.text() == "verify";
           });
}

}  // namespace

VerificationKey::VerificationKey(std::shared_ptr<State> state) : state_(std::move(state)) {}

Result<VerificationKey> VerificationKey::fromJwk(const ValueMap& jwk) {
    const auto* algorithm = jwk.find("alg");
    if (algorithm != nullptr && algorithm->text() == nullptr) {
        return Error::badInput("`alg` is not a text");
    }
    if (!isForSignatures(jwk)) {
        return Error::badInput("the key is not for signatures");
    }
    auto key = keyFromJwk(jwk);
    if (!key) {
        return key.error();
    }
    return VerificationKey(std::make_shared<State>(std::move(*key), jwk));
}

bool VerificationKey::allows(std::string_view algorithm) const noexcept {
    const auto* found = findAlgorithm(algorithm);
    if (found == nullptr || found->keyType != state_->type) {
        return false;
    }
    const bool isOfCurve = found->curve.empty() || found->curve == state_->curve;
    return isOfCurve && (state_->algorithm.empty() || state_->algorithm == algorithm);
}

bool VerificationKey::verify(std::string_view algorithm, std::string_view input,
                             std::string_view signature) const {
    return allows(algorithm) &&
           state_->contexts.verify(*findAlgorithm(algorithm), input, signature);
}

}  // namespace gatehouse
