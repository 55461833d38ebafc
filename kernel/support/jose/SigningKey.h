// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>
#include <gatehouse/Secret.h>
#include <gatehouse/Value.h>

#include <memory>
#include <string>
#include <string_view>

namespace gatehouse {

/// A private key and the one algorithm it signs with. Made once, it has signed and been verified
/// with its own public JWK. Copies share their state. Any thread.
class SigningKey {
public:
    /// A new key: RSA of 2048 bits, the algorithm's curve, or Ed25519. RSA takes tenths of a
    /// second: not in a request. Fault::badInput for an unknown algorithm or one without key pairs.
    static Result<SigningKey> generate(std::string_view algorithm);
    /// Reads an unencrypted PKCS#8 key (RFC 5208, DER). Fault::badInput when it does not fit the
    /// algorithm, is too small or damaged.
    static Result<SigningKey> fromPkcs8(const Secret& der, std::string_view algorithm);

    std::string_view algorithm() const noexcept;
    /// The key in the form fromPkcs8() reads. Throws std::runtime_error when OpenSSL fails (no
    /// memory).
    Secret toPkcs8() const;
    /// Public members with kid, alg and use (RFC 7517). An empty `kid` becomes the thumbprint (RFC
    /// 7638).
    ValueMap publicJwk(std::string_view kid) const;
    /// The JWS signature bytes (RFC 7518 section 3.1) over `input`.
    Result<std::string> sign(std::string_view input) const;

private:
    struct State;
    explicit SigningKey(std::shared_ptr<State> state);

    std::shared_ptr<State> state_;
};

}  // namespace gatehouse
