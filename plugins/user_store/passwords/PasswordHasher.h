// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Result.h>
#include <gatehouse/Secret.h>

#include "passwords/Argon2.h"
#include "passwords/HashPool.h"
#include "passwords/StoredHash.h"

#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// Hashes and checks passwords on the pool. Threads: any; every call may wait for its turn, and
/// answers Fault::unavailable when too many wait already.
class PasswordHasher {
public:
    /// `cost` of the hashes that it makes, and would like all to have. `weakest`: as
    /// weakestHashField says.
    PasswordHasher(Host& host, const Argon2Cost& cost, std::string weakest, std::size_t threads,
                   std::size_t queue);

    void start() { pool_.start(); }
    void stop() noexcept { pool_.stop(); }

    /// A PHC string of this hasher's cost, with a fresh salt, of the password as opaqueString()
    /// prepares it.
    Result<std::string> hash(const Context& context, const Secret& password);
    enum class Verdict {
        wrong,
        right,
        renewable,  ///< right, and should be hashed again: by argon2id at the cost that is wanted,
                    ///< or not of what was typed
    };
    /// A hash of what was typed, before passwords were prepared, is as good. An empty hash is an
    /// unknown user's, and nothing fits one that is not taken; the log says why, naming `user`.
    /// Whosever it is, it costs as much as the dearest hash that is known: what a check costs tells
    /// nobody who exists, nor whose hash is of the time before the cost was changed. Between two
    /// schemes that is as near as what they cost is known.
    Result<Verdict> verify(const Context& context, const Secret& password, const std::string& hash,
                           std::string_view user = {});

    /// The hashes that a check works out.
    struct Work {
        std::optional<StoredHash> own;
        std::optional<StoredHash> rest;  ///< what is missing to the dearest; nothing comes of it
        std::string problem;  ///< why a hash is not taken

        bool fits(const Secret& password) const;
    };
    /// From now on hashes like this are among those of the store.
    Work work(const std::string& hash);

private:
    Verdict verdict(const Secret& password, const Work& work) const;
    Status run(const Context& context, const std::function<void()>& work);

    Host& host_;
    const Argon2Cost cost_;
    const std::string weakest_;
    mutable std::mutex mutex_;
    StoredHash dearest_;
    HashPool pool_;
    Counter& refused_;
    Histogram& duration_;
};

}  // namespace gatehouse
