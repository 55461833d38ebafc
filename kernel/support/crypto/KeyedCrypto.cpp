// SPDX-License-Identifier: Apache-2.0
#include "crypto/KeyedCrypto.h"

#include "crypto/Aead.h"
#include "crypto/Digest.h"

#include <cstddef>
#include <mutex>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::size_t keySize = 32;

// One label may be used for both: the two keys must differ.
std::string sealing(std::string_view label) {
    return "seal:" + std::string(label);
}

std::string signing(std::string_view label) {
    return "mac:" + std::string(label);
}

}  // namespace

KeyedCrypto::KeyedCrypto(Secret root) : root_(std::move(root)) {}

std::string KeyedCrypto::sha256(std::string_view data) const {
    return gatehouse::sha256(data);
}

std::string KeyedCrypto::mac(std::string_view label, std::string_view data) const {
    return hmacSha256(key(signing(label)).view(), data);
}

bool KeyedCrypto::equal(std::string_view left, std::string_view right) const noexcept {
    return constantTimeEqual(left, right);
}

std::string KeyedCrypto::seal(std::string_view label, const Secret& plain, std::string_view bound) {
    return sealAes256Gcm(key(sealing(label)), plain.view(), bound);
}

Result<Secret> KeyedCrypto::open(std::string_view label, std::string_view sealed,
                                 std::string_view bound) const {
    auto plain = openAes256Gcm(key(sealing(label)), sealed, bound);
    if (!plain) {
        return Error::internal(
            "sealed with another root secret, bound to something else, or damaged");
    }
    return std::move(*plain);
}

Secret macKey(const Secret& root, std::string_view label) {
    return hkdfSha256(root, signing(label), keySize);
}

const Secret& KeyedCrypto::key(std::string_view name) const {
    {
        const std::shared_lock lock(mutex_);
        const auto found = keys_.find(name);
        if (found != keys_.end()) {
            return found->second;
        }
    }
    auto derived = hkdfSha256(root_, name, keySize);
    const std::unique_lock lock(mutex_);
    return keys_.emplace(name, std::move(derived)).first->second;
}

}  // namespace gatehouse
