// SPDX-License-Identifier: Apache-2.0
#include "jose/Algorithm.h"

#include <array>

namespace gatehouse {

namespace {

constexpr std::array<Algorithm, 13> algorithms{{
    {"RS256", Scheme::rsaPkcs1, Hash::sha256, "RSA", "", 0},
    {"RS384", Scheme::rsaPkcs1, Hash::sha384, "RSA", "", 0},
    {"RS512", Scheme::rsaPkcs1, Hash::sha512, "RSA", "", 0},
    {"PS256", Scheme::rsaPss, Hash::sha256, "RSA", "", 0},
    {"PS384", Scheme::rsaPss, Hash::sha384, "RSA", "", 0},
    {"PS512", Scheme::rsaPss, Hash::sha512, "RSA", "", 0},
    {"ES256", Scheme::ecdsa, Hash::sha256, "EC", "P-256", 32},
    {"ES384", Scheme::ecdsa, Hash::sha384, "EC", "P-384", 48},
    {"ES512", Scheme::ecdsa, Hash::sha512, "EC", "P-521", 66},
    {"EdDSA", Scheme::eddsa, Hash::sha512, "OKP", "Ed25519", 32},
    {"HS256", Scheme::hmac, Hash::sha256, "oct", "", 0},
    {"HS384", Scheme::hmac, Hash::sha384, "oct", "", 0},
    {"HS512", Scheme::hmac, Hash::sha512, "oct", "", 0},
}};

std::vector<std::string_view> names(bool withHmac) {
    std::vector<std::string_view> found;
    for (const auto& algorithm : algorithms) {
        if (withHmac || algorithm.scheme != Scheme::hmac) {
            found.push_back(algorithm.name);
        }
    }
    return found;
}

}  // namespace

const Algorithm* findAlgorithm(std::string_view name) noexcept {
    for (const auto& algorithm : algorithms) {
        if (algorithm.name == name) {
            return &algorithm;
        }
    }
    return nullptr;
}

const std::vector<std::string_view>& supportedAlgorithms() {
    static const auto all = names(true);
    return all;
}

const std::vector<std::string_view>& keyPairAlgorithms() {
    static const auto pairs = names(false);
    return pairs;
}

}  // namespace gatehouse
