// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Time.h>
#include <gatehouse/Value.h>

#include <string>
#include <string_view>

namespace gatehouse {

/// How far the clocks of clients may differ from ours.
struct ProofTimes {
    seconds life{60};  ///< a proof is accepted so long after its `iat`
    seconds skew{30};  ///< and so long before it
};

/// What the claims of a proof must say of the request that it came with (RFC 9449 section 4.3,
/// checks 3 and 8 to 12, but for the nonce).
struct ProofRules {
    std::string_view method;
    std::string_view target;  ///< URI of the request, without query
    std::string tokenHash;  ///< `ath` of the token that is shown; empty: none is
    TimePoint now;
    ProofTimes times;

    /// Which rule is broken, for its sender to be told; empty: none.
    std::string_view problem(const ValueMap& claims) const;

private:
    std::string_view timeProblem(const ValueMap& claims) const;
};

}  // namespace gatehouse
