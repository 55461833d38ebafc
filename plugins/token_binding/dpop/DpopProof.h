// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>
#include <gatehouse/Value.h>

#include "ProofKey.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

class KnownKeys;

/// A DPoP proof (RFC 9449 section 4.2), taken apart. The text it was read from outlives it.
struct DpopProof {
    std::string header;  ///< its first part
    std::shared_ptr<const ProofKey> key;
    bool isKnown = false;  ///< the key was found among those that are known
    ValueMap claims;  ///< not looked at yet
    std::string_view signingInput;
    std::string signature;

    /// `algorithms`: by which it may be signed, the same for all `known` keys. Fault::badInput
    /// with a fixed text that its sender may be told.
    static Result<DpopProof> read(std::string_view text, const std::vector<std::string>& algorithms,
                                  KnownKeys& known);

    /// Does it hold, by the key that it names? That costs as much as all the rest.
    bool isSigned() const { return key->key.verify(key->algorithm, signingInput, signature); }
};

}  // namespace gatehouse
