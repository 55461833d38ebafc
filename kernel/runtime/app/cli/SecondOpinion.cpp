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

Opinion secondOpinion(const ValueMap& jwk, const std::string& algorithm, const std::string& token) {
    if (algorithm != Poco::JWT::Signer::ALGO_RS256 && algorithm != Poco::JWT::Signer::ALGO_ES256) {
        return Opinion::none;
    }
    const auto key = keyFromJwk(jwk);
    if (!key) {
        return Opinion::notGenuine;
    }
    try {
        Poco::JWT::Signer signer;
        signer.addAlgorithm(algorithm);
        const Poco::Crypto::EVPPKey shared(key->get());
        if (algorithm == Poco::JWT::Signer::ALGO_RS256) {
            signer.setRSAKey(new Poco::Crypto::RSAKey(shared));
        } else {
            signer.setECKey(new Poco::Crypto::ECKey(shared));
        }
        Poco::JWT::Token read;
        return signer.tryVerify(token, read) ? Opinion::genuine : Opinion::notGenuine;
    } catch (const Poco::Exception&) {
        return Opinion::notGenuine;
    }
}

}  // namespace gatehouse
