// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>
#include <gatehouse/Secret.h>
#include <gatehouse/Value.h>

#include <memory>
#include <optional>
#include <string_view>

namespace gatehouse {

/// A private key and the one JWE algorithm (RFC 7518 section 4.1) for which it decrypts. Copies
/// share their state. Any thread.
class DecryptionKey {
public:
    /// A new key: RSA of 2048 bits, or on P-256. RSA takes tenths of a second: not in a request.
    /// Fault::badInput for an unknown algorithm.
    static Result<DecryptionKey> generate(std::string_view algorithm);
    /// Reads an unencrypted PKCS#8 key (RFC 5208, DER). Fault::badInput when it does not fit the
    /// algorithm, is too small or damaged.
    static Result<DecryptionKey> fromPkcs8(const Secret& der, std::string_view algorithm);

    /// The key in the form fromPkcs8() reads. Throws std::runtime_error when OpenSSL fails (no
    /// memory).
    Secret toPkcs8() const;
    /// Public members with kid, alg and use (RFC 7517). An empty `kid` becomes the thumbprint (RFC
    /// 7638).
    ValueMap publicJwk(std::string_view kid) const;
    /// RSA: what `input` was encrypted from. EC: the secret shared with the uncompressed point
    /// `input` (SEC 1 section 2.3.3). nullopt: not encrypted for this key, not a point of its
    /// curve.
    std::optional<Secret> open(std::string_view input) const;

private:
    struct State;
    explicit DecryptionKey(std::shared_ptr<const State> state);
    static Result<DecryptionKey> make(std::shared_ptr<State> state);

    std::shared_ptr<const State> state_;
};

}  // namespace gatehouse
