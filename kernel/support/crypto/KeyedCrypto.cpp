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
constexpr std::string_view sealing = "seal:";
constexpr std::string_view signing = "mac:";

Secret derived(const Secret& root, std::string_view use, std::string_view label) {
    return hkdfSha256(root, std::string(use).append(label), keySize);
}

}  // namespace

KeyedCrypto::KeyedCrypto(Secret root) : root_(std::move(root)) {}

std::string KeyedCrypto::sha256(std::string_view data) const {
    return gatehouse::sha256(data);
}

std::string KeyedCrypto::mac(std::string_view label, std::string_view data) const {
    return keyOf(macs_, signing, label).of(data);
}

bool KeyedCrypto::equal(std::string_view left, std::string_view right) const noexcept {
    return constantTimeEqual(left, right);
}

std::string KeyedCrypto::seal(std::string_view label, const Secret& plain, std::string_view bound) {
    return sealAes256Gcm(keyOf(seals_, sealing, label), plain.view(), bound);
}

Result<Secret> KeyedCrypto::open(std::string_view label, std::string_view sealed,
                                 std::string_view bound) const {
    auto plain = openAes256Gcm(keyOf(seals_, sealing, label), sealed, bound);
    if (!plain) {
        return Error::internal(
            "sealed with another root secret, bound to something else, or damaged");
    }
    return std::move(*plain);
}

Secret macKey(const Secret& root, std::string_view label) {
    return derived(root, signing, label);
}

template <class T>
const T& KeyedCrypto::keyOf(Labelled<T>& keys, std::string_view use, std::string_view label) const {
    {
        const std::shared_lock lock(mutex_);
        const auto found = keys.find(label);
        if (found != keys.end()) {
            return found->second;
        }
    }
    auto key = derived(root_, use, label);
    const std::unique_lock lock(mutex_);
    return keys.try_emplace(std::string(label), std::move(key)).first->second;
}

}  // namespace gatehouse
