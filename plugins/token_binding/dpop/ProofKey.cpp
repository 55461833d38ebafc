// SPDX-License-Identifier: Apache-2.0
#include "ProofKey.h"

#include "jose/JoseHeader.h"
#include "jose/Jwk.h"
#include "text/Contains.h"

#include <cstddef>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::size_t longestModulus = 683;  ///< base64url of 4096 bits

/// RFC 9449 section 4.3, checks 4, 5 and 7.
std::string_view problemOf(const ValueMap& header, const std::vector<std::string>& algorithms) {
    if (header.text("typ") != "dpop+jwt") {
        return "typ of the DPoP proof is not dpop+jwt";
    }
    if (!contains(algorithms, header.text("alg"))) {
        return "alg of the DPoP proof is not accepted";
    }
    const Value* jwk = header.find("jwk");
    if (jwk == nullptr || jwk->map() == nullptr) {
        return "The DPoP proof has no jwk";
    }
    if (isPrivateJwk(*jwk->map())) {
        return "jwk of the DPoP proof has private members";
    }
    return jwk->map()->text("n").size() > longestModulus
               ? "jwk of the DPoP proof has more than 4096 bits"
               : std::string_view();
}

}  // namespace

Result<ProofKey> ProofKey::read(std::string_view header,
                                const std::vector<std::string>& algorithms) {
    const auto said = parseJoseHeader(header);
    if (!said) {
        return Error::badInput("The DPoP proof is no signed JWT");
    }
    if (const auto problem = problemOf(*said, algorithms); !problem.empty()) {
        return Error::badInput(std::string(problem));
    }
    const auto& jwk = *said->find("jwk")->map();
    auto key = VerificationKey::fromJwk(jwk);
    if (!key || !key->allows(said->text("alg"))) {
        return Error::badInput("jwk of the DPoP proof is no key for its alg");
    }
    return ProofKey{std::string(said->text("alg")), *std::move(key), gatehouse::thumbprint(jwk)};
}

}  // namespace gatehouse
