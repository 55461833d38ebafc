// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Plugin.h>
#include <gatehouse/Result.h>
#include <gatehouse/Time.h>
#include <gatehouse/Value.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// A key's life: published before anyone signs with it, kept published until what it signed has
/// expired.
enum class KeyState { pending, active, retiring };

struct PublicKey {
    std::string id;  ///< kid, unique within the issuer
    std::string algorithm;  ///< the one algorithm it signs with
    KeyState state = KeyState::pending;
    TimePoint created{};
    TimePoint changes = never;  ///< when it enters its next state
    ValueMap jwk;  ///< public members only, with kid, alg and use (RFC 7517)
};

/// Holds private keys. A key in an HSM cannot leave it, so this signs.
class KeyStore : public Plugin {
public:
    static constexpr Point point{"key_store", 1, Cardinality::one};
    /// Algorithms it can make keys for; static storage. RS256 first among the defaults.
    virtual std::vector<std::string_view> algorithms() const = 0;
    /// Newest first: the JWKS. Answered from memory; makes the issuer's first keys when there are
    /// none.
    virtual Result<std::vector<PublicKey>> publicKeys(const Context&) const = 0;
    /// Another number, never 0, whenever publicKeys() would answer something else; lets the kernel
    /// keep keys parsed. 0: not known, it asks each time.
    virtual std::uint64_t version(const Context& /*context*/) const noexcept { return 0; }
    /// The JWS signature bytes (RFC 7518 section 3) over `input`.
    virtual Result<std::string> sign(const Context&, std::string_view keyId,
                                     std::string_view input) const = 0;
    /// Makes a pending key for each algorithm that has none; it becomes active after the
    /// publication time, the active one retires. Fault::badInput when all have one, with the time
    /// it becomes active.
    virtual Status rotate(const Context&) = 0;
    /// Reads again what is stored: another node changed the keys, or the time for a change of state
    /// has come. Called by the kernel on a notice of topic "key" and every few seconds.
    virtual Status refresh(const Context&) = 0;
    /// How long a replaced key stays published. A server whose tokens live longer does not start.
    virtual milliseconds keepsFor() const noexcept { return milliseconds::max(); }
};

}  // namespace gatehouse
