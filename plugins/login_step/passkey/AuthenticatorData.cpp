// SPDX-License-Identifier: Apache-2.0
#include "AuthenticatorData.h"

#include "Cbor.h"

#include <algorithm>

namespace gatehouse {

namespace {

constexpr std::size_t hashSize = 32;
constexpr std::size_t headerSize = hashSize + 1 + sizeof(std::uint32_t);

enum Flag : std::uint8_t {
    userPresent = 0x01,
    userVerified = 0x04,
    backupEligible = 0x08,
    backedUp = 0x10,
    attestedCredential = 0x40,
    extensions = 0x80
};

std::uint32_t bigEndian(std::string_view bytes) {
    std::uint32_t number = 0;
    for (const char byte : bytes) {
        number = number << 8U | static_cast<unsigned char>(byte);
    }
    return number;
}

/// Behind AAGUID, length and id (WebAuthn section 6.5.1): key and extensions.
std::string_view behindId(std::string_view tail) {
    constexpr std::size_t lengthAt = 16;
    constexpr std::size_t idAt = lengthAt + 2;
    const auto size = tail.size() < idAt ? 0 : bigEndian(tail.substr(lengthAt, idAt - lengthAt));
    return tail.substr(std::min<std::size_t>(tail.size(), idAt + size));
}

}  // namespace

std::optional<AuthenticatorData> AuthenticatorData::read(std::string_view bytes) {
    if (bytes.size() < headerSize) {
        return std::nullopt;
    }
    const auto flags = static_cast<unsigned char>(bytes[hashSize]);
    const auto has = [flags](Flag flag) { return (flags & flag) != 0; };
    const bool hasMore = has(attestedCredential) || has(extensions);
    if (hasMore == (bytes.size() == headerSize) || (has(backedUp) && !has(backupEligible))) {
        return std::nullopt;
    }
    const auto tail = bytes.substr(headerSize);
    if (!isCborSequence(has(attestedCredential) ? behindId(tail) : tail)) {
        return std::nullopt;
    }
    AuthenticatorData data;
    data.rpIdHash = bytes.substr(0, hashSize);
    data.isUserPresent = has(userPresent);
    data.isUserVerified = has(userVerified);
    data.isBackupEligible = has(backupEligible);
    data.isBackedUp = has(backedUp);
    data.hasCredential = has(attestedCredential);
    data.signCount = bigEndian(bytes.substr(hashSize + 1, sizeof(std::uint32_t)));
    return data;
}

}  // namespace gatehouse
