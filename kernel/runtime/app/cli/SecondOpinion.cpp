// SPDX-License-Identifier: Apache-2.0
#include "app/cli/SecondOpinion.h"

#include "jose/JwkKey.h"

#include <Poco/Crypto/ECKey.h>
#include <Poco/Crypto/EVPPKey.h>
#include <Poco/Crypto/RSAKey.h>
#include <Poco/Exception.h>
#include <Poco/JWT/Signer.h>
#include <Poco/JWT/Token.h>

namespace gatehouse {

namespace {

using Poco::JWT::Signer;

Opinion opinionOf(const Signer& signer, const std::string& token) {
    Poco::JWT::Token read;
    return signer.tryVerify(token, read) ? Opinion::genuine : Opinion::notGenuine;
}

void setKey(Signer& signer, const Poco::Crypto::EVPPKey& key, const std::string& algorithm) {
    if (algorithm == Signer::ALGO_RS256) {
        signer.setRSAKey(new Poco::Crypto::RSAKey(key));
    } else {
        signer.setECKey(new Poco::Crypto::ECKey(key));
    }
}

/// RFC 7518 section 3.4: 64 bytes, here as base64url. Poco leaks memory over an empty one.
bool isSigned(const std::string& algorithm, const std::string& token) {
    constexpr std::size_t length = 86;
    return algorithm != Signer::ALGO_ES256 || token.size() - (token.rfind('.') + 1) == length;
}

}  // namespace

Opinion secondOpinion(const ValueMap& jwk, const std::string& algorithm, const std::string& token) {
    if (algorithm != Signer::ALGO_RS256 && algorithm != Signer::ALGO_ES256) {
        return Opinion::none;
    }
    const auto key = keyFromJwk(jwk);
    if (!key || !isSigned(algorithm, token)) {
        return Opinion::notGenuine;
    }
    try {
        Signer signer;
        signer.addAlgorithm(algorithm);
        setKey(signer, Poco::Crypto::EVPPKey(key->get()), algorithm);
        return opinionOf(signer, token);
    } catch (const Poco::Exception&) {
        return Opinion::notGenuine;
    }
}

Opinion secondOpinion(const Secret& key, const std::string& token) {
    try {
        Signer signer{std::string(key.view())};
        signer.addAlgorithm(Signer::ALGO_HS256);
        return opinionOf(signer, token);
    } catch (const Poco::Exception&) {
        return Opinion::notGenuine;
    }
}

}  // namespace gatehouse
