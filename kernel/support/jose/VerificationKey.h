// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>
#include <gatehouse/Value.h>

#include <memory>
#include <string_view>

namespace gatehouse {

class SignatureContexts;

/// A public key that verifies JWS signatures. Copies share their state. Any thread.
class VerificationKey {
public:
    /// Reads a JWK (RFC 7517): RSA of 2048 to 8192 bits, EC on P-256, P-384 or P-521, OKP Ed25519.
    /// Private members are not looked at. Fault::badInput when it is none of these, damaged, or not
    /// for signatures (`use`, `key_ops`).
    static Result<VerificationKey> fromJwk(const ValueMap& jwk);

    /// May this key be used with the algorithm? Its type and curve must fit, and the JWK's `alg`
    /// when it has one.
    bool allows(std::string_view algorithm) const noexcept;
    /// Does the signature hold? False for an algorithm that is not allowed. The caller chooses the
    /// algorithm, never the token.
    bool verify(std::string_view algorithm, std::string_view input,
                std::string_view signature) const;

private:
    struct State;
    explicit VerificationKey(std::shared_ptr<State> state);

    std::shared_ptr<State> state_;
};

}  // namespace gatehouse
