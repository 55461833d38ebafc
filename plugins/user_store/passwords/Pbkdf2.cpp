// SPDX-License-Identifier: Apache-2.0
#include "crypto/Digest.h"
#include "crypto/OpenSsl.h"
#include "passwords/HashForm.h"
#include "passwords/HashText.h"

#include <array>
#include <climits>

namespace gatehouse {

namespace {

struct Method {
    std::string_view name;
    const char* digest;
    std::size_t size;
    std::chrono::nanoseconds round;
};
using std::chrono::nanoseconds;
constexpr std::array<Method, 3> methods{{{"sha1", "SHA1", 20, nanoseconds{335}},
                                         {"sha256", "SHA256", 32, nanoseconds{320}},
                                         {"sha512", "SHA512", 64, nanoseconds{750}}}};

/// Parameters of a hash, and the key that it is.
struct Pbkdf2 {
    const Method* method;
    std::uint32_t rounds;
    std::string salt;
    std::string key;
};
using Read = std::optional<Pbkdf2> (*)(std::string_view);

const Method* methodOf(std::string_view name) {
    for (const auto& method : methods) {
        if (method.name == name) {
            return &method;
        }
    }
    return nullptr;
}

/// Of Keycloak's keys, whatever the digest.
constexpr std::size_t longKey = 64;

/// A key that was cut is the beginning of the right one, so its size has to be known.
std::optional<Pbkdf2> checked(Pbkdf2 read, std::size_t otherSize) {
    const bool isSound = read.method != nullptr && read.rounds > 0 && read.rounds <= INT_MAX &&
                         !read.salt.empty() &&
                         (read.key.size() == read.method->size || read.key.size() == otherSize);
    return isSound ? std::optional(std::move(read)) : std::nullopt;
}

/// `pbkdf2_sha256$rounds$salt$key`: the salt as it is, the key in Base64.
std::optional<Pbkdf2> readDjango(std::string_view hash) {
    const auto parts = split(hash, '$');
    if (!take(hash, "pbkdf2_") || parts.size() != 4) {
        return std::nullopt;
    }
    return checked({methodOf(parts[0].substr(7)), numberIn(parts[1]), std::string(parts[2]),
                    fromBase64(parts[3]).value_or("")},
                   longKey);
}

/// `$pbkdf2-sha256$rounds$salt$key`, `{PBKDF2-SHA256}rounds$salt$key`.
std::optional<Pbkdf2> readPasslib(std::string_view hash) {
    struct Start {
        std::string_view text;
        const Method* method;
    };
    constexpr std::array<Start, 6> starts{{{"$pbkdf2$", methods.data()},
                                           {"$pbkdf2-sha256$", &methods[1]},
                                           {"$pbkdf2-sha512$", &methods[2]},
                                           {"{PBKDF2}", methods.data()},
                                           {"{PBKDF2-SHA256}", &methods[1]},
                                           {"{PBKDF2-SHA512}", &methods[2]}}};
    for (const auto& start : starts) {
        if (!take(hash, start.text)) {
            continue;
        }
        const auto parts = split(hash, '$');
        return parts.size() != 3 ? std::nullopt
                                 : checked({start.method, numberIn(parts[0]),
                                            fromBareBase64(parts[1]).value_or(""),
                                            fromBareBase64(parts[2]).value_or("")},
                                           longKey);
    }
    return std::nullopt;
}

std::uint32_t bigEndian(std::string_view bytes, std::size_t at) {
    std::uint32_t number = 0;
    for (const char byte : bytes.substr(at, 4)) {
        number = number << 8U | static_cast<unsigned char>(byte);
    }
    return number;
}

/// Base64 of a version: 0, with all else fixed; 1, with the numbers of digest, rounds, bytes of
/// salt.
std::optional<Pbkdf2> readDotnet(std::string_view hash) {
    constexpr std::size_t saltSize = 16;
    constexpr std::size_t keySize = 32;
    constexpr std::size_t headSize = 13;
    const std::string bytes = fromBase64(hash).value_or("");
    if (bytes.size() == 1 + saltSize + keySize && bytes[0] == 0) {
        return Pbkdf2{methods.data(), 1000, bytes.substr(1, saltSize), bytes.substr(1 + saltSize)};
    }
    if (bytes.size() <= headSize || bytes[0] != 1) {
        return std::nullopt;
    }
    const auto digest = bigEndian(bytes, 1);
    const auto salt = bigEndian(bytes, 9);
    if (digest >= methods.size() || salt > bytes.size() - headSize) {
        return std::nullopt;
    }
    return checked({&methods[digest], bigEndian(bytes, 5), bytes.substr(headSize, salt),
                    bytes.substr(headSize + salt)},
                   keySize);
}

template <Read read> std::optional<HashWork> work(std::string_view hash) {
    const auto found = read(hash);
    if (!found) {
        return std::nullopt;
    }
    const auto blocks = (found->key.size() + found->method->size - 1) / found->method->size;
    return HashWork{found->method->round * found->rounds * static_cast<std::int64_t>(blocks), 0};
}

template <Read read> bool fits(const Secret& password, const std::string& hash) {
    const auto found = read(hash);
    std::string made(found->key.size(), '\0');
    const EVP_MD* digest = EVP_get_digestbyname(found->method->digest);
    const bool isMade =
        digest != nullptr &&
        succeeded(PKCS5_PBKDF2_HMAC(
            password.view().data(), static_cast<int>(password.view().size()), bytesOf(found->salt),
            static_cast<int>(found->salt.size()), static_cast<int>(found->rounds), digest,
            static_cast<int>(made.size()), reinterpret_cast<unsigned char*>(made.data())));
    return isMade && constantTimeEqual(made, found->key);
}

}  // namespace

constexpr HashForm djangoPbkdf2Form{"pbkdf2", work<readDjango>, fits<readDjango>};
constexpr HashForm passlibPbkdf2Form{"pbkdf2", work<readPasslib>, fits<readPasslib>};
constexpr HashForm dotnetForm{"pbkdf2", work<readDotnet>, fits<readDotnet>};

}  // namespace gatehouse
