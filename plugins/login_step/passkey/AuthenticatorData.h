// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// What every answer of an authenticator begins with (WebAuthn section 6.1).
struct AuthenticatorData {
    std::string rpIdHash;
    bool isUserPresent = false;
    bool isUserVerified = false;
    bool isBackupEligible = false;  ///< the key may be on several devices
    bool isBackedUp = false;
    bool hasCredential = false;  ///< a new key stands behind it
    std::uint32_t signCount = 0;

    /// nullopt: it is none, or contradicts itself.
    static std::optional<AuthenticatorData> read(std::string_view bytes);
};

}  // namespace gatehouse
