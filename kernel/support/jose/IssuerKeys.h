// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Result.h>
#include <gatehouse/point/KeyStore.h>

#include "jose/VerificationKey.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse {

/// A published key, parsed once.
struct IssuerKey {
    std::string id;
    std::string algorithm;
    KeyState state;
    std::optional<VerificationKey> verifier;  ///< nullopt when its JWK is unusable
};

/// The keys of one issuer at one moment, newest first.
struct IssuerKeySet {
    std::uint64_t version = 0;
    std::vector<IssuerKey> keys;

    const IssuerKey* active(std::string_view algorithm) const noexcept;
    const IssuerKey* find(std::string_view id) const noexcept;
};

/// What the key store publishes, kept parsed for each issuer until the store says that it changed.
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
    std::map<IssuerId, Shared> issuers_;
};

}  // namespace gatehouse
