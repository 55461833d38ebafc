// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Event.h>
#include <gatehouse/Plugin.h>
#include <gatehouse/Result.h>
#include <gatehouse/Secret.h>
#include <gatehouse/Time.h>
#include <gatehouse/Value.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse {

class Jobs;
class Outgoing;
class Records;
class Tickets;
class Web;

// What the kernel lends to a plugin. All of these may be used by any thread, and live from
// configure() until the plugin is destroyed. Implemented by the kernel; each grows at its end.

class Clock {
public:
    virtual ~Clock() = default;
    /// The time of day, which an operator or NTP may set back: for what is stored, sent or compared
    /// with other machines.
    virtual TimePoint now() const noexcept = 0;
    /// For deadlines and durations.
    virtual SteadyPoint steady() const noexcept = 0;
};

class Random {
public:
    virtual ~Random() = default;
    /// So many bytes from a cryptographic generator.
    virtual std::string bytes(std::size_t count) = 0;
};

enum class Level { debug, info, warning, error };

/// A line for Log::record().
struct LogRecord {
    std::string message;
    std::string requestId;
    ValueMap fields;
};

/// Writes one structured line; the instance's name is added. Never a secret, never a token.
class Log {
public:
    virtual ~Log() = default;
    virtual bool shows(Level level) const noexcept = 0;
    /// "what happened: why", lower case, no full stop. Line breaks and control characters are
    /// escaped.
    virtual void write(Level level, std::string_view message, const ValueMap& fields = {}) = 0;
    /// The same with the request's id and trace.
    virtual void write(const Context& context, Level level, std::string_view message,
                       const ValueMap& fields = {}) = 0;
    /// Lines that must not be lost: whatever the level, at info. Returns when the operating system
    /// has all, so it blocks while nobody reads the log; false when they could not be written.
    virtual bool record(const std::vector<LogRecord>& records) = 0;
};

class Counter {
public:
    virtual ~Counter() = default;
    virtual void add(std::uint64_t amount = 1) noexcept = 0;
};

class Gauge {
public:
    virtual ~Gauge() = default;
    virtual void set(double value) noexcept = 0;
};

class Histogram {
public:
    virtual ~Histogram() = default;
    /// In seconds.
    virtual void observe(double value) noexcept = 0;
};

using Labels = std::vector<std::pair<std::string, std::string>>;

/// Makes metrics; asking twice for the same name and labels gives the same one. Ask in configure(),
/// keep the reference. Names begin with "gatehouse_". Label values come from fixed sets, never from
/// a client.
class Metrics {
public:
    virtual ~Metrics() = default;
    virtual Counter& counter(std::string_view name, std::string_view help,
                             const Labels& labels = {}) = 0;
    virtual Gauge& gauge(std::string_view name, std::string_view help,
                         const Labels& labels = {}) = 0;
    virtual Histogram& histogram(std::string_view name, std::string_view help,
                                 const Labels& labels = {}) = 0;
};

/// Takes audit events; time, issuer and request id are filled in. Sinks run on threads of their
/// own; who publishes waits for one that is behind no longer than a few seconds.
class Events {
public:
    virtual ~Events() = default;
    virtual void publish(const Context& context, Event event) = 0;
};

/// Keys are derived from the deployment's root secret, one for each label (HKDF, RFC 5869).
class Crypto {
public:
    virtual ~Crypto() = default;
    /// 32 bytes.
    virtual std::string sha256(std::string_view data) const = 0;
    /// HMAC-SHA-256 under the key derived for `label`; 32 bytes.
    virtual std::string mac(std::string_view label, std::string_view data) const = 0;
    /// Compares in constant time; lengths may be learned.
    virtual bool equal(std::string_view left, std::string_view right) const noexcept = 0;
    /// AES-256-GCM under the key derived for `label`; `bound` must be the same when opening.
    virtual std::string seal(std::string_view label, const Secret& plain,
                             std::string_view bound) = 0;
    /// Fault::internal when it was sealed with another secret, bound to something else, or damaged.
    virtual Result<Secret> open(std::string_view label, std::string_view sealed,
                                std::string_view bound) const = 0;
};

/// A JWS whose signature held.
struct VerifiedJwt {
    ValueMap header;
    ValueMap claims;
};

/// What a JWE held, and the header it came with.
struct DecryptedJwe {
    ValueMap header;
    std::string content;
};

/// Signs and verifies compact JWS (RFC 7515), encrypts and decrypts compact JWE (RFC 7516): one
/// implementation for everyone. Algorithms by their RFC 7518 name: RS256 PS256 ES256 EdDSA HS256
/// and the 384 and 512 forms where OpenSSL has them; RSA-OAEP RSA-OAEP-256 ECDH-ES and its forms
/// with key wrapping; A128GCM A256GCM A128CBC-HS256 A256CBC-HS512. "none" is never accepted.
class Jose {
public:
    virtual ~Jose() = default;
    /// Signs a JSON text with the issuer's active key for this algorithm; HS256 uses a key derived
    /// from the root secret. Fault::unavailable when there is no key of the algorithm.
    virtual Result<std::string> sign(const Context&, std::string_view algorithm,
                                     std::string_view type, std::string_view payload) = 0;
    /// Verifies a JWT this issuer signed. nullopt: not one, forged, or by a key that is gone. Times
    /// are not checked.
    virtual Result<std::optional<VerifiedJwt>> verify(const Context&, std::string_view text) = 0;
    /// Verifies with somebody's JWK Set; `allowed` are the algorithms the caller accepts. nullopt:
    /// no key fits.
    virtual std::optional<VerifiedJwt> verifyWith(const Value& jwks,
                                                  const std::vector<std::string>& allowed,
                                                  std::string_view text) = 0;
    /// Verifies an HMAC-signed JWT with a shared secret.
    virtual std::optional<VerifiedJwt> verifyWith(const Secret& secret,
                                                  const std::vector<std::string>& allowed,
                                                  std::string_view text) = 0;
    /// What it says, unverified: only to learn which client to ask. nullopt: not a JWT.
    virtual std::optional<VerifiedJwt> peek(std::string_view text) const = 0;

    /// Encrypts to somebody, with the first key of their JWK Set that is for this `alg`. What is a
    /// JWS already has the `contentType` "JWT" (RFC 7519 section 5.2); empty: none.
    /// Fault::badInput: an unknown `alg` or `enc`, or no key is for it.
    virtual Result<std::string> encryptFor(const Value& jwks, std::string_view algorithm,
                                           std::string_view encryption,
                                           std::string_view contentType,
                                           std::string_view plain) = 0;
    /// Decrypts with the issuer's keys. nullopt: not a JWE for one of them, or changed on its way;
    /// anybody can have made it. `zip` is refused.
    virtual Result<std::optional<DecryptedJwe>> decrypt(const Context&, std::string_view text) = 0;
    /// `alg` values for which issuers have keys to decrypt with. Empty: decrypt() finds nothing.
    virtual std::vector<std::string_view> decryptionAlgorithms() const = 0;
    /// `alg` values for which issuers have keys to sign with, in the key store's order; static
    /// storage. Empty: it has not been asked to say so yet.
    virtual std::vector<std::string_view> signingAlgorithms() const = 0;
};

/// Makes the `sub` of people: what clients know them by (OpenID Connect Core section 8).
class Subjects {
public:
    virtual ~Subjects() = default;
    /// Of the person whom the user store with this instance name knows by `id`, at the context's
    /// issuer; whether there is one is not asked. It never changes while store and id stay the
    /// same. Fault::unavailable: the storage cannot be read; Fault::internal: the id is no text.
    virtual Result<std::string> of(const Context&, std::string_view store, std::string_view id) = 0;
};

/// What the kernel lends an instance.
class Host {
public:
    virtual ~Host() = default;
    /// The instance's name.
    virtual std::string_view instance() const noexcept = 0;
    virtual Clock& clock() noexcept = 0;
    virtual Random& random() noexcept = 0;
    virtual Log& log() noexcept = 0;
    virtual Metrics& metrics() noexcept = 0;
    virtual Events& events() noexcept = 0;
    virtual Crypto& crypto() noexcept = 0;
    virtual Jose& jose() noexcept = 0;
    virtual Records& records() noexcept = 0;

    /// The one instance of a point the plugin's `needs` lists. From start() on; good until stop().
    template <class P> P& one() { return dynamic_cast<P&>(*find(P::point).at(0).plugin); }
    template <class P> struct Named {
        std::string name;  ///< the instance's name
        P* plugin;
    };
    /// All instances of a point the plugin's `needs` lists, in the order of the configuration.
    template <class P> std::vector<Named<P>> all() {
        std::vector<Named<P>> instances;
        for (const auto& found : find(P::point)) {
            instances.push_back({found.name, dynamic_cast<P*>(found.plugin)});
        }
        return instances;
    }

protected:
    /// Throws std::logic_error for a point that is not in `needs`.
    virtual std::vector<Named<Plugin>> find(const Point& point) = 0;

public:
    virtual Subjects& subjects() noexcept = 0;
    virtual Web& web() noexcept = 0;
    virtual Outgoing& http() noexcept = 0;
    virtual Jobs& jobs() noexcept = 0;
    virtual Tickets& tickets() noexcept = 0;
};

}  // namespace gatehouse
