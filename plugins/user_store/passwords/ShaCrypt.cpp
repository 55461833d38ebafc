// SPDX-License-Identifier: Apache-2.0
#include "passwords/Crypt.h"
#include "passwords/HashForm.h"
#include "passwords/HashText.h"

namespace gatehouse {

namespace {

/// `$5$salt$hash` and `$6$salt$hash`, with `rounds=…$` before the salt or 5,000 of them.
std::optional<HashWork> shaCryptWork(std::string_view hash) {
    constexpr std::chrono::nanoseconds round{600};
    const std::size_t digestSize = startsWith(hash, "$5$") ? 43 : 86;
    std::uint32_t rounds = 5000;
    if (!take(hash, "$5$") && !take(hash, "$6$")) {
        return std::nullopt;
    }
    if (take(hash, "rounds=") && (!takeNumber(hash, rounds) || !take(hash, "$"))) {
        return std::nullopt;
    }
    const auto parts = split(hash, '$');
    constexpr std::size_t longestSalt = 16;
    const bool isBody = parts.size() == 2 && parts[0].size() <= longestSalt &&
                        isOf(cryptAlphabet, parts[0]) && parts[1].size() == digestSize &&
                        isOf(cryptAlphabet, parts[1]);
    return isBody ? std::optional(HashWork{round * rounds, 0}) : std::nullopt;
}

}  // namespace

constexpr HashForm shaCryptForm{"sha_crypt", shaCryptWork, fitsCrypt};

}  // namespace gatehouse
