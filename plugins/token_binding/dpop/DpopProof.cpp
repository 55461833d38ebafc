// SPDX-License-Identifier: Apache-2.0
#include "DpopProof.h"

#include "KnownKeys.h"
#include "json/Json.h"
#include "text/Base64Url.h"

#include <cstddef>
#include <utility>

namespace gatehouse {

namespace {

/// A proof by a key of 4096 bits, the longest there are, has about 2 KB.
constexpr std::size_t longestProof = std::size_t{8} * 1024;

}  // namespace

Result<DpopProof> DpopProof::read(std::string_view text, const std::vector<std::string>& algorithms,
                                  KnownKeys& known) {
    const auto first = text.find('.');
    const auto last = text.rfind('.');
    if (text.size() > longestProof || first == last || text.find('.', first + 1) != last) {
        return Error::badInput("The DPoP proof is no signed JWT");
    }
    DpopProof proof;
    proof.header = text.substr(0, first);
    proof.key = known.find(proof.header);
    proof.isKnown = proof.key != nullptr;
    if (!proof.isKnown) {
        auto key = ProofKey::read(proof.header, algorithms);
        if (!key) {
            return key.error();
        }
        proof.key = std::make_shared<const ProofKey>(*std::move(key));
    }
    const auto payload = fromBase64url(text.substr(first + 1, last - first - 1));
    auto signature = fromBase64url(text.substr(last + 1));
    if (!payload || !signature) {
        return Error::badInput("The DPoP proof is no signed JWT");
    }
    auto claims = parseJson(*payload);
    if (!claims || claims->map() == nullptr) {
        return Error::badInput("The DPoP proof has no claims");
    }
    proof.claims = std::move(*claims->map());
    proof.signingInput = text.substr(0, last);
    proof.signature = *std::move(signature);
    return proof;
}

}  // namespace gatehouse
