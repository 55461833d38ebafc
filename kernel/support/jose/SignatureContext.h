// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/OpenSsl.h"
#include "jose/Algorithm.h"

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

enum class Purpose { sign, verify };

/// OpenSSL's state for one key, algorithm and purpose, made ready once and used again and again, by
/// one thread at a time.
class SignatureContext {
public:
    /// nullopt when the key does not fit the algorithm.
    static std::optional<SignatureContext> make(EVP_PKEY* key, const Algorithm& algorithm,
                                                Purpose purpose);

    const Algorithm& algorithm() const noexcept { return *algorithm_; }
    /// The JWS signature; nullopt when OpenSSL refuses.
    std::optional<std::string> sign(std::string_view input);
    bool verify(std::string_view input, std::string_view signature);

private:
    explicit SignatureContext(const Algorithm& algorithm) : algorithm_(&algorithm) {}

    bool begin(EVP_PKEY* key, Purpose purpose);
    std::optional<std::string> signEdwards(std::string_view input);
    bool verifyEdwards(std::string_view input, std::string_view signature);

    const Algorithm* algorithm_;
    KeyContext context_;
    EVP_PKEY* key_ = nullptr;  ///< EdDSA hashes by itself and takes the key anew each time
    DigestContext edwards_;
};

}  // namespace gatehouse
