// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>
#include <gatehouse/Value.h>

#include "jose/CompactJws.h"
#include "jose/VerificationKey.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// A DPoP proof (RFC 9449 section 4.2), taken apart; the text it was read from outlives it. Fault
/// of all its errors: badInput, with a fixed text that its sender may be told.
class DpopProof {
public:
    /// `algorithms`: by which it may be signed. Its claims are not looked at yet, nor is its
    /// signature.
    static Result<DpopProof> read(std::string_view text,
                                  const std::vector<std::string>& algorithms);

    const ValueMap& claims() const noexcept { return claims_; }
    /// Does it hold, by the key that it names? That costs as much as all the rest by far.
    bool isSigned() const;
    /// Of that key (RFC 7638): what tokens are bound to.
    std::string thumbprint() const;

private:
    DpopProof(CompactJws jws, VerificationKey key, ValueMap claims)
        : jws_(std::move(jws)), key_(std::move(key)), claims_(std::move(claims)) {}

    CompactJws jws_;
    VerificationKey key_;
    ValueMap claims_;
};

}  // namespace gatehouse
