// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Secret.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// What one argon2id hash costs (RFC 9106 section 3.1).
struct Argon2Cost {
    std::uint32_t memoryKib = 19456;
    std::uint32_t iterations = 2;
    std::uint32_t parallelism = 1;

    friend bool operator==(const Argon2Cost& left, const Argon2Cost& right) noexcept {
        return left.memoryKib == right.memoryKib && left.iterations == right.iterations &&
               left.parallelism == right.parallelism;
    }
    friend bool operator!=(const Argon2Cost& left, const Argon2Cost& right) noexcept {
        return !(left == right);
    }
};

/// What it takes to work it out: blocks of 1 KiB that are filled.
std::uint64_t effort(const Argon2Cost& cost);

/// The time of a core that it takes, about.
std::chrono::nanoseconds timeOf(const Argon2Cost& cost);

/// What takes that time; nullopt when it is next to none.
std::optional<Argon2Cost> costOf(std::chrono::nanoseconds time);

/// The most a hash may cost: 1 GiB, 64 passes, 16 lanes. Dearer ones are not taken for hashes, so
/// that a line in a file cannot stop a server.
constexpr Argon2Cost dearestCost{1048576, 64, 16};

/// The cost of a PHC string `$argon2id$v=19$m=…,t=…,p=…$salt$hash`; nullopt when it is not one.
std::optional<Argon2Cost> argon2Cost(std::string_view phc);

/// A PHC string. `salt` is 8 bytes or more. Empty when there is no memory for it.
std::string argon2Hash(const Secret& password, std::string_view salt, const Argon2Cost& cost);

/// False as well for a text that is no hash, and when there is no memory to check it.
bool argon2Verify(const Secret& password, const std::string& phc);

/// A PHC string of this cost that no password is known for: to spend the same time on an unknown
/// user.
std::string argon2Decoy(const Argon2Cost& cost);

}  // namespace gatehouse
