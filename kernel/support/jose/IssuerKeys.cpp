// SPDX-License-Identifier: Apache-2.0
#include "jose/IssuerKeys.h"

#include <algorithm>
#include <cstddef>
#include <mutex>

namespace gatehouse {

namespace {

// Thousands of issuers may be served by one process; those that are idle must not stay for ever.
constexpr std::size_t mostIssuers = 4096;
// Whoever sends a JWE without kid costs so many private key operations, not more.
constexpr std::size_t mostDecrypters = 4;

}  // namespace

const VerificationKey* IssuerKey::verifier() const {
    std::call_once(parsed_, [this] {
        auto key = VerificationKey::fromJwk(published_.jwk);
        if (key) {
            verifier_ = std::move(*key);
        }
    });
    return verifier_ ? &*verifier_ : nullptr;
}

IssuerKeySet::IssuerKeySet(std::uint64_t version, const std::vector<PublicKey>& published)
    : version_(version), keys_(published.begin(), published.end()) {}

bool IssuerKeySet::isStill(const std::vector<PublicKey>& published) const {
    return std::equal(keys_.begin(), keys_.end(), published.begin(), published.end(),
                      [](const IssuerKey& left, const PublicKey& right) {
                          return left.id() == right.id && left.state() == right.state &&
                                 left.algorithm() == right.algorithm;
                      });
}

const IssuerKey* IssuerKeySet::active(std::string_view algorithm) const noexcept {
    for (const auto& key : keys_) {
        if (key.state() == KeyState::active && key.algorithm() == algorithm) {
            return &key;
        }
    }
    return nullptr;
}

const IssuerKey* IssuerKeySet::find(std::string_view id) const noexcept {
    for (const auto& key : keys_) {
        if (key.id() == id) {
            return &key;
        }
    }
    return nullptr;
}

std::vector<const IssuerKey*> IssuerKeySet::decryptersOf(const CompactJwe& jwe) const {
    std::vector<const IssuerKey*> found;
    for (const auto& key : keys_) {
        const bool isNamed = !jwe.header.contains("kid") || jwe.header.text("kid") == key.id();
        if (isNamed && key.algorithm() == jwe.algorithm->name && found.size() < mostDecrypters) {
            found.push_back(&key);
        }
    }
    return found;
}

Result<std::shared_ptr<const IssuerKeySet>> IssuerKeys::of(const Context& context) {
    const auto version = store_.version(context);
    auto known = kept(context.issuer.id);
    if (known != nullptr && version != 0 && known->version() == version) {
        return known;
    }
    const auto published = store_.publicKeys(context);
    if (!published) {
        return published.error();
    }
    if (known != nullptr && version == 0 && known->isStill(*published)) {
        return known;
    }
    return keep(context.issuer.id, std::make_shared<const IssuerKeySet>(version, *published));
}

IssuerKeys::Shared IssuerKeys::kept(IssuerId issuer) const {
    const std::shared_lock lock(mutex_);
    const auto found = issuers_.find(issuer);
    return found == issuers_.end() ? nullptr : found->second;
}

IssuerKeys::Shared IssuerKeys::keep(IssuerId issuer, Shared keys) {
    const std::unique_lock lock(mutex_);
    if (issuers_.size() >= mostIssuers && issuers_.count(issuer) == 0) {
        issuers_.erase(issuers_.begin());
    }
    issuers_[issuer] = keys;
    return keys;
}

}  // namespace gatehouse
