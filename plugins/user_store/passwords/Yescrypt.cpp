// SPDX-License-Identifier: Apache-2.0
#include "passwords/Crypt.h"
#include "passwords/HashForm.h"
#include "passwords/HashText.h"

#include <algorithm>

namespace gatehouse {

namespace {

constexpr std::size_t digestSize = 43;

bool isSaltAndDigest(std::string_view text) {
    const auto parts = split(text, '$');
    return parts.size() == 2 && parts[0].size() <= 86 && isOf(cryptAlphabet, parts[0]) &&
           parts[1].size() == digestSize && isOf(cryptAlphabet, parts[1]);
}

/// `$y$j9T$salt$hash`, with the two numbers that libxcrypt sets: the logarithm of N, and r, both
/// less one.
std::optional<HashWork> yescryptWork(std::string_view hash) {
    constexpr std::chrono::nanoseconds block{170};
    if (!take(hash, "$y$j") || hash.size() < 3 || hash[2] != '$' ||
        !isSaltAndDigest(hash.substr(3))) {
        return std::nullopt;
    }
    const std::uint64_t power = cryptDigit(hash[0]) + std::uint64_t{1};
    const std::uint64_t width = cryptDigit(hash[1]) + std::uint64_t{1};
    constexpr std::uint64_t mostOfOneLetter = 48;
    if (power > mostOfOneLetter || width > mostOfOneLetter) {
        return std::nullopt;
    }
    const std::uint64_t blocks = width << power;
    return HashWork{block * blocks, blocks / 8};
}

/// Six bits a letter, the lowest first.
std::uint64_t cryptNumber(std::string_view letters) {
    std::uint64_t number = 0;
    for (std::size_t at = letters.size(); at > 0; --at) {
        number = number * 64 + cryptDigit(letters[at - 1]);
    }
    return number;
}

/// `$7$`, a letter for the logarithm of N, five for r, five for p, salt, `$`, hash.
std::optional<HashWork> scryptWork(std::string_view hash) {
    constexpr std::chrono::nanoseconds block{360};
    constexpr std::size_t numbers = 11;
    if (!take(hash, "$7$") || hash.size() < numbers ||
        !isOf(cryptAlphabet, hash.substr(0, numbers)) || !isSaltAndDigest(hash.substr(numbers))) {
        return std::nullopt;
    }
    constexpr std::uint64_t most = 1U << 24U;
    const std::uint64_t power = cryptDigit(hash[0]);
    const std::uint64_t width = cryptNumber(hash.substr(1, 5));
    const std::uint64_t times = cryptNumber(hash.substr(6, 5));
    if (power == 0 || width == 0 || times == 0) {
        return std::nullopt;
    }
    const std::uint64_t cost = std::uint64_t{1} << std::min<std::uint64_t>(power, 24);
    const std::uint64_t memoryKib = (cost + times) * width / 8;
    return power > 24 || memoryKib > most ? HashWork::endless()
                                          : HashWork{block * (cost * width * times), memoryKib};
}

}  // namespace

constexpr HashForm yescryptForm{"yescrypt", yescryptWork, fitsCrypt};
constexpr HashForm cryptScryptForm{"scrypt", scryptWork, fitsCrypt};

}  // namespace gatehouse
