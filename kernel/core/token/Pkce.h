// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>

#include <string_view>

namespace gatehouse {

/// Proof Key for Code Exchange (RFC 7636), S256 only. Pure.
class Pkce {
public:
    /// Section 4.2: 43 characters of base64url, the shape of a SHA-256.
    static bool isChallenge(std::string_view challenge) noexcept;
    /// Section 4.6. A verifier of the wrong shape (section 4.1) never matches; nor does one sent
    /// for a code that was issued without a challenge (RFC 9700 section 2.1.1, downgrade).
    static bool matches(const Crypto& crypto, std::string_view challenge,
                        std::string_view verifier);
};

}  // namespace gatehouse
