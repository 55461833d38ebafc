// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>

#include "jose/VerificationKey.h"

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// What the header of a proof says (RFC 9449 section 4.2). Copies share their state. Threads: any.
struct ProofKey {
    std::string algorithm;
    VerificationKey key;
    std::string thumbprint;  ///< RFC 7638: what tokens are bound to

    /// Of the first part of a proof. Fault::badInput, with a fixed text that its sender may be
    /// told, unless it is signed by one of the `algorithms`, with a public key that fits.
    static Result<ProofKey> read(std::string_view header,
                                 const std::vector<std::string>& algorithms);
};

}  // namespace gatehouse
