// SPDX-License-Identifier: Apache-2.0
#include "crypto/Digest.h"
#include "crypto/OpenSsl.h"
#include "passwords/HashForm.h"
#include "passwords/HashText.h"

namespace gatehouse {

namespace {

/// Parameters of a hash (RFC 7914 section 2), and the key that it is.
struct Scrypt {
    std::uint64_t cost;  ///< N
    std::uint32_t width;  ///< r
    std::uint32_t times;  ///< p
    std::string salt;
    std::string key;

    /// 128 bytes for each of r, N times and p times.
    std::uint64_t memoryKib() const { return (cost + times) * width / 8; }
};
using Read = std::optional<Scrypt> (*)(std::string_view);

/// A key that was cut is the beginning of the right one, so its size has to be known.
std::optional<Scrypt> checked(Scrypt read, std::size_t keySize) {
    const bool isPower = read.cost > 1 && (read.cost & (read.cost - 1)) == 0;
    const bool isSound = isPower && read.width > 0 && read.times > 0 && !read.salt.empty() &&
                         read.key.size() == keySize;
    return isSound ? std::optional(std::move(read)) : std::nullopt;
}

/// `$scrypt$ln=16,r=8,p=1$salt$key`.
std::optional<Scrypt> readPasslib(std::string_view hash) {
    std::uint32_t power = 0;
    Scrypt read{};
    const bool isHead = take(hash, "$scrypt$ln=") && takeNumber(hash, power) && power < 32 &&
                        take(hash, ",r=") && takeNumber(hash, read.width) && take(hash, ",p=") &&
                        takeNumber(hash, read.times) && take(hash, "$");
    const auto parts = split(hash, '$');
    if (!isHead || parts.size() != 2) {
        return std::nullopt;
    }
    read.cost = std::uint64_t{1} << power;
    read.salt = fromBareBase64(parts[0]).value_or("");
    read.key = fromBareBase64(parts[1]).value_or("");
    return checked(std::move(read), 32);
}

/// `scrypt$N$salt$r$p$key`: the salt as it is, the key in Base64.
std::optional<Scrypt> readDjango(std::string_view hash) {
    const auto parts = split(hash, '$');
    if (parts.size() != 6 || parts[0] != "scrypt") {
        return std::nullopt;
    }
    return checked({numberIn(parts[1]), numberIn(parts[3]), numberIn(parts[4]),
                    std::string(parts[2]), fromBase64(parts[5]).value_or("")},
                   64);
}

template <Read read> std::optional<HashWork> work(std::string_view hash) {
    constexpr std::chrono::nanoseconds block{360};
    constexpr std::uint64_t most = 1U << 24U;
    const auto found = read(hash);
    if (!found) {
        return std::nullopt;
    }
    if (found->cost > most || found->width > most || found->times > most ||
        found->memoryKib() > most) {
        return HashWork::endless();
    }
    return HashWork{block * (found->cost * found->width * found->times), found->memoryKib()};
}

template <Read read> bool fits(const Secret& password, const std::string& hash) {
    const auto found = read(hash);
    std::string made(found->key.size(), '\0');
    // What OpenSSL counts is a little more.
    const std::uint64_t memory = 1024 * found->memoryKib() + (1U << 20U);
    const bool isMade = succeeded(
        EVP_PBE_scrypt(password.view().data(), password.view().size(), bytesOf(found->salt),
                       found->salt.size(), found->cost, found->width, found->times, memory,
                       reinterpret_cast<unsigned char*>(made.data()), made.size()));
    return isMade && constantTimeEqual(made, found->key);
}

}  // namespace

constexpr HashForm passlibScryptForm{"scrypt", work<readPasslib>, fits<readPasslib>};
constexpr HashForm djangoScryptForm{"scrypt", work<readDjango>, fits<readDjango>};

}  // namespace gatehouse
