// SPDX-License-Identifier: Apache-2.0
// phpass' portable hashes, and Drupal's of the same build: a digest over and over.
#include "crypto/Digest.h"
#include "passwords/HashForm.h"
#include "passwords/HashText.h"
#include "passwords/MessageDigest.h"

#include <algorithm>

namespace gatehouse {

namespace {

constexpr std::size_t settingSize = 12;
constexpr std::size_t saltAt = 4;

/// Three characters that say which, the logarithm of the rounds, eight of salt, the digest.
std::optional<HashWork> portableWork(std::string_view hash, std::size_t size,
                                     std::chrono::nanoseconds round) {
    if (hash.size() != size || !isOf(cryptAlphabet, hash.substr(3))) {
        return std::nullopt;
    }
    const auto power = cryptDigit(hash[3]);
    const bool isInUse = power >= 7 && power <= 30;
    return isInUse ? std::optional(HashWork{round * (std::int64_t{1} << power), 0}) : std::nullopt;
}

std::optional<HashWork> phpassWork(std::string_view hash) {
    const bool isPhpass = startsWith(hash, "$P$") || startsWith(hash, "$H$");
    return isPhpass ? portableWork(hash, 34, std::chrono::nanoseconds{160}) : std::nullopt;
}

std::optional<HashWork> drupal7Work(std::string_view hash) {
    return startsWith(hash, "$S$") ? portableWork(hash, 55, std::chrono::nanoseconds{320})
                                   : std::nullopt;
}

/// Four letters for three bytes, the lowest bits first.
std::string letters(std::string_view bytes) {
    std::string text;
    for (; !bytes.empty(); bytes.remove_prefix(std::min<std::size_t>(bytes.size(), 3))) {
        const std::size_t count = std::min<std::size_t>(bytes.size(), 3);
        std::uint32_t group = 0;
        for (std::size_t at = 0; at < count; ++at) {
            group |= std::uint32_t{static_cast<unsigned char>(bytes[at])} << (8 * at);
        }
        for (std::size_t at = 0; at <= count; ++at) {
            text += cryptAlphabet[(group >> (6 * at)) & 63U];
        }
    }
    return text;
}

bool fitsPortable(const MessageDigest& digest, const Secret& password, std::string_view hash) {
    std::string made = digest.of(hash.substr(saltAt, settingSize - saltAt), password.view());
    for (std::uint64_t left = std::uint64_t{1} << (cryptDigit(hash[3]) & 31U); left > 0; --left) {
        made = digest.of(made, password.view());
    }
    const auto kept = hash.substr(settingSize);
    return constantTimeEqual(letters(made).substr(0, kept.size()), kept);
}

bool fitsPhpass(const Secret& password, const std::string& hash) {
    return fitsPortable(MessageDigest("MD5"), password, hash);
}

bool fitsDrupal7(const Secret& password, const std::string& hash) {
    return fitsPortable(MessageDigest("SHA512"), password, hash);
}

}  // namespace

constexpr HashForm phpassForm{"phpass", phpassWork, fitsPhpass};
constexpr HashForm drupal7Form{"drupal7", drupal7Work, fitsDrupal7};

}  // namespace gatehouse
