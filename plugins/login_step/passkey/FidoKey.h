// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

// All that is asked of libfido2.

/// COSE algorithms that are taken (RFC 9053), the first wanted most: ES256, EdDSA, RS256.
constexpr std::array<int, 3> coseAlgorithms{-7, -8, -257};
constexpr std::size_t longestCredentialId = 1023;  // WebAuthn section 4

/// The public key of a credential, in libfido2's own form.
struct FidoKey {
    int algorithm = 0;
    std::string bytes;
};

struct NewCredential {
    std::string id;
    FidoKey key;
};

/// The key in an authenticator's data that AuthenticatorData::read() took; nullopt: there is none,
/// or one of another algorithm.
std::optional<NewCredential> newCredential(std::string_view authenticatorData);

/// A signature as it came.
struct SignedAnswer {
    std::string_view authenticatorData;
    std::string_view clientDataJson;
    std::string_view signature;
};

/// Has the key signed this, for this relying party, with the person there?
bool hasSigned(const FidoKey& key, const std::string& rpId, const SignedAnswer& answer);

}  // namespace gatehouse
