// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Result.h>
#include <gatehouse/Secret.h>

#include "passwords/Argon2.h"
#include "passwords/HashPool.h"

#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

namespace gatehouse {

/// Hashes and checks passwords on the pool. Threads: any; every call may wait for its turn, and
/// answers Fault::unavailable when too many wait already.
class PasswordHasher {
public:
    PasswordHasher(Host& host, const Argon2Cost& cost, std::size_t threads, std::size_t queue);

    void start() { pool_.start(); }
    void stop() noexcept { pool_.stop(); }

    /// A PHC string of this hasher's cost, with a fresh salt, of the password as opaqueString()
    /// prepares it.
    Result<std::string> hash(const Context& context, const Secret& password);
    enum class Verdict {
        wrong,
        right,
        renewable,  ///< right, and should be hashed again: at another cost, or of what was typed
    };
    /// A hash of what was typed, before passwords were prepared, is as good. An empty hash is an
    /// unknown user's. Whosever it is, it costs as much as the dearest hash that is known: what a
    /// check costs tells nobody who exists, nor whose hash is of the time before the cost was
    /// changed.
    Result<Verdict> verify(const Context& context, const Secret& password, const std::string& phc);
    /// The hashes that a check of `phc` works out: itself, and what is missing to the dearest.
    std::vector<std::string> work(const std::string& phc) const;
    /// Hashes of this cost are among those of the store.
    void expect(const std::string& phc);

private:
    Verdict verdict(const Secret& password, const std::vector<std::string>& hashes) const;
    Status run(const Context& context, const std::function<void()>& work);

    Random& random_;
    const Argon2Cost cost_;
    mutable std::mutex mutex_;
    Argon2Cost dearest_;
    HashPool pool_;
    Counter& refused_;
    Histogram& duration_;
};

}  // namespace gatehouse
