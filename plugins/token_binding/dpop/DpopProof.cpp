// SPDX-License-Identifier: Apache-2.0
#include "DpopProof.h"

#include "jose/Jwk.h"
#include "json/Json.h"
#include "text/Contains.h"

#include <cstddef>
#include <utility>

namespace gatehouse {

namespace {

/// A proof by a key of 4096 bits, the longest there are, has about 2 KB.
constexpr std::size_t longestProof = std::size_t{8} * 1024;
constexpr std::size_t longestModulus = 683;  ///< base64url of 4096 bits

/// RFC 9449 section 4.3, checks 4, 5 and 7.
std::string_view headerProblem(const ValueMap& header, const std::vector<std::string>& algorithms) {
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

Result<DpopProof> DpopProof::read(std::string_view text,
                                  const std::vector<std::string>& algorithms) {
    auto jws = text.size() > longestProof ? std::nullopt : parseJws(text);
    if (!jws) {
        return Error::badInput("The DPoP proof is no signed JWT");
    }
    if (const auto problem = headerProblem(jws->header, algorithms); !problem.empty()) {
        return Error::badInput(std::string(problem));
    }
    auto claims = parseJson(jws->payload);
    if (!claims || claims->map() == nullptr) {
        return Error::badInput("The DPoP proof has no claims");
    }
    auto key = VerificationKey::fromJwk(*jws->header.find("jwk")->map());
    if (!key || !key->allows(jws->header.text("alg"))) {
        return Error::badInput("jwk of the DPoP proof is no key for its alg");
    }
    return DpopProof(*std::move(jws), *std::move(key), std::move(*claims->map()));
}

bool DpopProof::isSigned() const {
    return key_.verify(jws_.header.text("alg"), jws_.signingInput, jws_.signature);
}

std::string DpopProof::thumbprint() const {
    return gatehouse::thumbprint(*jws_.header.find("jwk")->map());
}

}  // namespace gatehouse
