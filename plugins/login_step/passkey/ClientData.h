// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace gatehouse {

/// What a browser was asked, and where (WebAuthn section 5.8.1).
struct Asked {
    std::string_view type;  ///< "webauthn.create", "webauthn.get"
    std::string challenge;  ///< base64url
    std::string_view origin;
    std::string rpId;
    bool isVerified = true;  ///< the authenticator has to know the person
};

/// Why this client data answers something else, for the log; empty: it does not.
std::string clientDataProblem(std::string_view json, const Asked& asked);

}  // namespace gatehouse
