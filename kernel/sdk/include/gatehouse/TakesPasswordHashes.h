// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Capability.h>
#include <gatehouse/Context.h>
#include <gatehouse/Result.h>

#include <string>
#include <string_view>

namespace gatehouse {

/// Beside a UserStore that has an editor: people may bring along what another program kept of their
/// passwords.
class TakesPasswordHashes {
public:
    static constexpr Capability capability{"user_store.password_hashes", 1};
    TakesPasswordHashes(const TakesPasswordHashes&) = delete;
    TakesPasswordHashes& operator=(const TakesPasswordHashes&) = delete;
    virtual ~TakesPasswordHashes() = default;
    /// Replaces the password of the user with this id by that of the hash. Fault::badInput for an
    /// unknown id, and for a hash that the store would let nobody in with; its detail says why.
    virtual Status setPasswordHash(const Context&, std::string_view id,
                                   const std::string& hash) = 0;

private:
    template <class P, class... C> friend class With;
    TakesPasswordHashes() = default;
};

}  // namespace gatehouse
