// SPDX-License-Identifier: Apache-2.0
#include "passwords/Argon2.h"

#include "passwords/HashForm.h"
#include "passwords/HashText.h"

#include <argon2.h>

#include <algorithm>
#include <array>
#include <cstddef>

namespace gatehouse {

namespace {

constexpr std::size_t hashSize = 32;
constexpr std::size_t longestPhc = 512;
/// On a core of 2020.
constexpr std::chrono::nanoseconds block{600};

bool isBase64(std::string_view text, std::size_t leastCharacters) {
    constexpr std::string_view alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    return text.size() >= leastCharacters && text.size() % 4 != 1 &&
           text.find_first_not_of(alphabet) == std::string_view::npos;
}

struct Variant {
    std::string_view start;
    argon2_type type;
};
constexpr std::array<Variant, 3> variants{
    {{"$argon2id$", Argon2_id}, {"$argon2i$", Argon2_i}, {"$argon2d$", Argon2_d}}};

std::optional<Argon2Cost> costBehind(std::string_view start, std::string_view phc) {
    Argon2Cost cost;
    const bool isHead = phc.size() <= longestPhc && take(phc, start) && take(phc, "v=19$m=") &&
                        takeNumber(phc, cost.memoryKib) && take(phc, ",t=") &&
                        takeNumber(phc, cost.iterations) && take(phc, ",p=") &&
                        takeNumber(phc, cost.parallelism) && take(phc, "$");
    const auto middle = phc.find('$');
    if (!isHead || middle == std::string_view::npos ||
        cost.memoryKib < std::uint64_t{8} * cost.parallelism) {
        return std::nullopt;
    }
    constexpr std::size_t eightBytes = 11;
    constexpr std::size_t sixteenBytes = 22;
    const bool isBody = isBase64(phc.substr(0, middle), eightBytes) &&
                        isBase64(phc.substr(middle + 1), sixteenBytes);
    return isBody ? std::optional(cost) : std::nullopt;
}

bool isTakenAt(const Argon2Cost& cost) {
    return cost.memoryKib <= dearestCost.memoryKib && cost.iterations <= dearestCost.iterations &&
           cost.parallelism <= dearestCost.parallelism;
}

std::optional<HashWork> argon2Work(std::string_view hash) {
    for (const auto& variant : variants) {
        if (const auto cost = costBehind(variant.start, hash)) {
            return isTakenAt(*cost) ? HashWork{timeOf(*cost), cost->memoryKib}
                                    : HashWork::endless();
        }
    }
    return std::nullopt;
}

bool fitsArgon2(const Secret& password, const std::string& hash) {
    const auto* variant = std::find_if(variants.begin(), variants.end(), [&](const auto& each) {
        return startsWith(hash, each.start);
    });
    return argon2_verify(hash.c_str(), password.view().data(), password.view().size(),
                         variant->type) == ARGON2_OK;
}

std::string prefix(const Argon2Cost& cost) {
    return "$argon2id$v=19$m=" + std::to_string(cost.memoryKib) +
           ",t=" + std::to_string(cost.iterations) + ",p=" + std::to_string(cost.parallelism) + "$";
}

}  // namespace

std::uint64_t effort(const Argon2Cost& cost) {
    return std::uint64_t{cost.memoryKib} * cost.iterations;
}

std::chrono::nanoseconds timeOf(const Argon2Cost& cost) {
    return block * effort(cost);
}

std::optional<Argon2Cost> costOf(std::chrono::nanoseconds time) {
    constexpr std::uint64_t usualMemory = Argon2Cost{}.memoryKib;
    const auto blocks = static_cast<std::uint64_t>(std::max(time, block) / block);
    const auto iterations = std::clamp<std::uint64_t>(blocks / usualMemory, 1, 64);
    const auto memory = blocks / iterations;
    if (memory < 8) {
        return std::nullopt;
    }
    return Argon2Cost{static_cast<std::uint32_t>(memory), static_cast<std::uint32_t>(iterations),
                      1};
}

std::optional<Argon2Cost> argon2Cost(std::string_view phc) {
    const auto cost = costBehind("$argon2id$", phc);
    return cost && isTakenAt(*cost) ? cost : std::nullopt;
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

constexpr HashForm argon2Form{"argon2", argon2Work, fitsArgon2};

}  // namespace gatehouse
