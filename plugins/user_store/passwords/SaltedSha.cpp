// SPDX-License-Identifier: Apache-2.0
#include "crypto/Digest.h"
#include "passwords/HashForm.h"
#include "passwords/HashText.h"
#include "passwords/MessageDigest.h"

#include <array>

namespace gatehouse {

namespace {

struct Method {
    std::string_view start;
    const char* digest;
    std::size_t size;
};
constexpr std::array<Method, 3> methods{
    {{"{SSHA}", "SHA1", 20}, {"{SSHA256}", "SHA256", 32}, {"{SSHA512}", "SHA512", 64}}};

struct Salted {
    const Method* method;
    std::string digest;
    std::string salt;
};

/// Base64 of the digest and the salt behind it (RFC 2307 section 5.3 as directories extend it).
std::optional<Salted> read(std::string_view hash) {
    constexpr std::size_t longestSalt = 64;
    for (const auto& method : methods) {
        if (!take(hash, method.start)) {
            continue;
        }
        const auto bytes = fromBase64(hash);
        const bool isSalted =
            bytes && bytes->size() > method.size && bytes->size() <= method.size + longestSalt;
        return isSalted ? std::optional(Salted{&method, bytes->substr(0, method.size),
                                               bytes->substr(method.size)})
                        : std::nullopt;
    }
    return std::nullopt;
}

std::optional<HashWork> saltedShaWork(std::string_view hash) {
    constexpr std::chrono::nanoseconds once{1000};
    return read(hash) ? std::optional(HashWork{once, 0}) : std::nullopt;
}

bool fitsSaltedSha(const Secret& password, const std::string& hash) {
    const auto salted = read(hash);
    return constantTimeEqual(
        MessageDigest(salted->method->digest).of(password.view(), salted->salt), salted->digest);
}

}  // namespace

constexpr HashForm saltedShaForm{"ssha", saltedShaWork, fitsSaltedSha};

}  // namespace gatehouse
