// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Result.h>
#include <gatehouse/Secret.h>

#include "passwords/Argon2.h"
#include "passwords/HashPool.h"

#include <cstddef>
#include <functional>
#include <string>

namespace gatehouse {

/// Hashes and checks passwords on the pool. Threads: any; every call may wait for its turn, and
/// answers Fault::unavailable when too many wait already.
class PasswordHasher {
public:
    PasswordHasher(Host& host, const Argon2Cost& cost, std::size_t threads, std::size_t queue);

    void start() { pool_.start(); }
    void stop() noexcept { pool_.stop(); }

    /// A PHC string of this hasher's cost, with a fresh salt.
    Result<std::string> hash(const Context& context, const Secret& password);
    Result<bool> verify(const Context& context, const Secret& password, const std::string& phc);
    /// A hash nobody has a password for, of this hasher's cost: to spend the same time on an
    /// unknown user.
    const std::string& decoy() const noexcept { return decoy_; }
    /// Does a new hash cost as much as this one?
    bool isCurrent(const std::string& phc) const { return argon2Cost(phc) == cost_; }

private:
    Status run(const Context& context, const std::function<void()>& work);

    Random& random_;
    const Argon2Cost cost_;
    const std::string decoy_;
    HashPool pool_;
    Counter& refused_;
    Histogram& duration_;
};

}  // namespace gatehouse
