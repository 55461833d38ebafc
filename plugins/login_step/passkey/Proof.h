// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Http.h>
#include <gatehouse/Result.h>

#include "AuthenticatorData.h"
#include "ClientData.h"
#include "Passkey.h"

#include <optional>
#include <string>
#include <vector>

namespace gatehouse {

// What browsers send, and whether it is what they were asked for. Pure.

/// Of a credential that is there (WebAuthn section 5.2.2).
struct Assertion {
    std::string id;
    std::string clientDataJson;
    std::string authenticatorData;
    std::string signature;
    std::string userHandle;  ///< may be empty

    /// nullopt: not base64url, larger than any can be, or something is missing.
    static std::optional<Assertion> read(const Form& form);
};

/// Of a new credential (WebAuthn section 5.2.1), without attestation.
struct Registration {
    std::string clientDataJson;
    std::string authenticatorData;
    std::vector<std::string> transports;

    static std::optional<Registration> read(const Form& form);
};

/// WebAuthn section 7.2, but for whose credential it is and its count. The error is why, for the
/// log.
Result<AuthenticatorData, std::string> verify(const Assertion& answer, const Passkey& passkey,
                                              const Asked& asked);

/// What a new credential is made of, and what its authenticator said.
struct VerifiedRegistration {
    AuthenticatorData data;
    Passkey passkey;  ///< name, times and person are the caller's to add
};

/// WebAuthn section 7.1.
Result<VerifiedRegistration, std::string> verify(const Registration& answer, const Asked& asked);

}  // namespace gatehouse
