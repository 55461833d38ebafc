// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Time.h>
#include <gatehouse/Value.h>

#include "jose/DecryptionKey.h"
#include "jose/SigningKey.h"

#include <cstdint>
#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gatehouse {

/// A key: what is stored of it, and what signs or decrypts.
struct RingKey {
    std::string id;  ///< its RFC 7638 thumbprint
    std::string algorithm;
    TimePoint created{};
    TimePoint activates{};  ///< published since `created`, signed with from this moment on
    std::string sealed;  ///< the private key, PKCS#8, sealed
    std::shared_ptr<const SigningKey> signer;  ///< nullptr: it decrypts
    std::shared_ptr<const DecryptionKey> decrypter;  ///< nullptr: it signs
    ValueMap jwk;
};

/// An issuer's keys. Not changed once others can see it.
struct KeyRing {
    std::uint64_t version = 0;  ///< of the stored record; 0: not stored yet
    std::vector<RingKey> keys;
    std::vector<TimePoint> changes;  ///< when what is published of them changes; in no order

    /// nullptr: no such key.
    const RingKey* find(std::string_view id) const noexcept;
};

/// The rings of all issuers. Threads: any; a reader holds the lock only to copy a pointer.
class KeyRings {
public:
    /// nullptr: not read yet.
    std::shared_ptr<const KeyRing> of(IssuerId issuer) const { return kept(issuer).ring; }
    /// A ring, and how many others were put before it.
    struct Kept {
        std::shared_ptr<const KeyRing> ring;
        std::uint64_t number = 0;
    };
    Kept kept(IssuerId issuer) const;
    void put(IssuerId issuer, std::shared_ptr<const KeyRing> ring);
    /// The same, unless the one that is kept is newer.
    void putRead(IssuerId issuer, std::shared_ptr<const KeyRing> ring);
    void clear();

private:
    void putLocked(Kept& kept, std::shared_ptr<const KeyRing> ring);

    mutable std::shared_mutex mutex_;
    std::unordered_map<IssuerId, Kept> rings_;
    std::uint64_t puts_ = 0;
};

}  // namespace gatehouse
