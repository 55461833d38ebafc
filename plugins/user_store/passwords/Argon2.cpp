// SPDX-License-Identifier: Apache-2.0
#include "passwords/Argon2.h"

#include <argon2.h>

#include <array>
#include <charconv>
#include <cstddef>

namespace gatehouse {

namespace {

constexpr std::size_t hashSize = 32;
constexpr std::size_t longestPhc = 512;

bool take(std::string_view& text, std::string_view expected) {
    if (text.substr(0, expected.size()) != expected) {
        return false;
    }
    text.remove_prefix(expected.size());
    return true;
}

bool takeNumber(std::string_view& text, std::uint32_t most, std::uint32_t& number) {
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc{} || number == 0 || number > most) {
        return false;
    }
    text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
    return true;
}

bool isBase64(std::string_view text, std::size_t leastCharacters) {
    constexpr std::string_view alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    return text.size() >= leastCharacters && text.size() % 4 != 1 &&
           text.find_first_not_of(alphabet) == std::string_view::npos;
}

std::string prefix(const Argon2Cost& cost) {
    return "$argon2id$v=19$m=" + std::to_string(cost.memoryKib) +
           ",t=" + std::to_string(cost.iterations) + ",p=" + std::to_string(cost.parallelism) + "$";
}

}  // namespace

std::uint64_t effort(const Argon2Cost& cost) {
    return std::uint64_t{cost.memoryKib} * cost.iterations;
}

std::optional<Argon2Cost> missing(const Argon2Cost& spent, const Argon2Cost& wanted) {
    if (effort(wanted) <= effort(spent)) {
        return std::nullopt;
    }
    const auto rest = (effort(wanted) - effort(spent)) / wanted.iterations;
    const auto least = std::uint64_t{8} * wanted.parallelism;
    if (rest < least) {
        return std::nullopt;
    }
    return Argon2Cost{static_cast<std::uint32_t>(rest), wanted.iterations, wanted.parallelism};
}

std::optional<Argon2Cost> argon2Cost(std::string_view phc) {
    Argon2Cost cost;
    const bool isHead =
        phc.size() <= longestPhc && take(phc, "$argon2id$v=19$m=") &&
        takeNumber(phc, dearestCost.memoryKib, cost.memoryKib) && take(phc, ",t=") &&
        takeNumber(phc, dearestCost.iterations, cost.iterations) && take(phc, ",p=") &&
        takeNumber(phc, dearestCost.parallelism, cost.parallelism) && take(phc, "$");
    const auto middle = phc.find('$');
    if (!isHead || middle == std::string_view::npos || cost.memoryKib < 8 * cost.parallelism) {
        return std::nullopt;
    }
    constexpr std::size_t eightBytes = 11;
    constexpr std::size_t sixteenBytes = 22;
    const bool isBody = isBase64(phc.substr(0, middle), eightBytes) &&
                        isBase64(phc.substr(middle + 1), sixteenBytes);
    return isBody ? std::optional(cost) : std::nullopt;
}

std::string argon2Hash(const Secret& password, std::string_view salt, const Argon2Cost& cost) {
    std::array<char, longestPhc> encoded{};
    const int outcome = argon2id_hash_encoded(
        cost.iterations, cost.memoryKib, cost.parallelism, password.view().data(),
        password.view().size(), salt.data(), salt.size(), hashSize, encoded.data(), encoded.size());
    return outcome == ARGON2_OK ? std::string(encoded.data()) : std::string{};
}

bool argon2Verify(const Secret& password, const std::string& phc) {
    return argon2Cost(phc) && argon2id_verify(phc.c_str(), password.view().data(),
                                              password.view().size()) == ARGON2_OK;
}

std::string argon2Decoy(const Argon2Cost& cost) {
    return prefix(cost) + "AAAAAAAAAAAAAAAAAAAAAA$" + std::string(43, 'A');
}

}  // namespace gatehouse
