// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Result.h>
#include <gatehouse/point/KeyStore.h>

#include "jose/CompactJwe.h"
#include "jose/VerificationKey.h"

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace gatehouse {

/// A published key; parsed when something is first verified with it. Any thread.
class IssuerKey {
public:
    explicit IssuerKey(PublicKey published) : published_(std::move(published)) {}

    const std::string& id() const noexcept { return published_.id; }
    const std::string& algorithm() const noexcept { return published_.algorithm; }
    KeyState state() const noexcept { return published_.state; }
    const ValueMap& jwk() const noexcept { return published_.jwk; }
    /// nullptr when the JWK is unusable.
    const VerificationKey* verifier() const;

private:
    const PublicKey published_;
    mutable std::once_flag parsed_;
    mutable std::optional<VerificationKey> verifier_;
};

/// The keys of one issuer at one moment, newest first.
class IssuerKeySet {
public:
    IssuerKeySet(std::uint64_t version, const std::vector<PublicKey>& published);

    std::uint64_t version() const noexcept { return version_; }
    bool isStill(const std::vector<PublicKey>& published) const;
    /// nullptr when there is none.
    const IssuerKey* active(std::string_view algorithm) const noexcept;
    const IssuerKey* find(std::string_view id) const noexcept;
    /// Those for which a JWE may have been encrypted: the one that its `kid` names, or else all of
    /// its algorithm, but a handful at most.
    std::vector<const IssuerKey*> decryptersOf(const CompactJwe& jwe) const;

private:
    std::uint64_t version_;
    std::list<IssuerKey> keys_;
};

/// What the key store publishes, kept for each issuer until the store says that it changed.
/// Any thread.
class IssuerKeys {
public:
    explicit IssuerKeys(KeyStore& store) : store_(store) {}

    /// Fails as KeyStore::publicKeys() does.
    Result<std::shared_ptr<const IssuerKeySet>> of(const Context& context);

private:
    using Shared = std::shared_ptr<const IssuerKeySet>;

    Shared kept(IssuerId issuer) const;
    Shared keep(IssuerId issuer, Shared keys);

    KeyStore& store_;
    mutable std::shared_mutex mutex_;
    std::unordered_map<IssuerId, Shared> issuers_;
};

}  // namespace gatehouse
