// SPDX-License-Identifier: Apache-2.0
#include "crypto/Digest.h"
#include "passwords/Crypt.h"
#include "passwords/HashForm.h"
#include "passwords/HashText.h"
#include "text/Base64.h"
#include "text/Hex.h"

namespace gatehouse {

namespace {

constexpr std::string_view djangoStart = "bcrypt_sha256$";
constexpr std::string_view wordpressStart = "$wp";
constexpr std::size_t hashSize = 60;
constexpr std::size_t digestAt = 29;

std::optional<HashWork> bcryptWork(std::string_view hash) {
    constexpr std::chrono::nanoseconds round{61600};
    const bool isBcrypt =
        hash.size() == hashSize &&
        (startsWith(hash, "$2a$") || startsWith(hash, "$2b$") || startsWith(hash, "$2y$")) &&
        isOf("0123456789", hash.substr(4, 2)) && hash[6] == '$' &&
        isOf(cryptAlphabet, hash.substr(7));
    if (!isBcrypt) {
        return std::nullopt;
    }
    const int cost = (hash[4] - '0') * 10 + (hash[5] - '0');
    return cost < 4 || cost > 31 ? std::nullopt
                                 : std::optional(HashWork{round * (std::int64_t{1} << cost), 4});
}

/// The last letter of the salt has bits that do not count, and that not every program leaves empty.
bool fitsBcrypt(const Secret& password, const std::string& hash) {
    const auto made = cryptOf(password, hash);
    return made.size() == hashSize &&
           constantTimeEqual(made.substr(digestAt), hash.substr(digestAt));
}

std::optional<HashWork> workBehind(std::string_view start, std::string_view hash) {
    return take(hash, start) ? bcryptWork(hash) : std::nullopt;
}

bool fitsDjango(const Secret& password, const std::string& hash) {
    const Secret longer(hex(sha256(password.view())));
    return fitsBcrypt(longer, hash.substr(djangoStart.size()));
}

bool fitsWordpress(const Secret& password, const std::string& hash) {
    const Secret longer(base64(hmac(Hash::sha384, "wp-sha384", password.view())));
    return fitsBcrypt(longer, hash.substr(wordpressStart.size()));
}

}  // namespace

constexpr HashForm bcryptForm{"bcrypt", bcryptWork, fitsBcrypt};
constexpr HashForm djangoBcryptForm{
    "bcrypt", [](std::string_view hash) { return workBehind(djangoStart, hash); }, fitsDjango};
constexpr HashForm wordpressForm{
    "bcrypt", [](std::string_view hash) { return workBehind(wordpressStart, hash); },
    fitsWordpress};

}  // namespace gatehouse
