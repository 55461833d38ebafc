// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Host.h>
#include <gatehouse/OAuthError.h>

#include "store/RecentCache.h"
#include "token/OpenPromise.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// Answers clients that ask again and again while nobody has decided (RFC 8628 section 3.5), from
/// memory: what any node decides is heard by the change feed. Threads: any; nothing blocks.
class PendingPolls {
public:
    /// `isFresh`: can memory be believed now?
    PendingPolls(Host& host, std::function<bool()> isFresh)
        : host_(host), isFresh_(std::move(isFresh)) {}

    /// What is believed of a promise is older than this; for remember().
    std::uint64_t moment() const noexcept { return decisions_; }
    /// It was pending at this moment().
    void remember(const OpenPromise& promise, std::uint64_t moment);
    /// Somebody decided. `reference` by promiseReference().
    void forget(const std::string& reference);
    void forgetAll();

    /// nullopt: the storage has to be asked, first of all whether `hash` is the right one.
    std::optional<OAuthError> ask(const std::string& reference, std::string_view hash,
                                  const Client& client);

private:
    struct Pending {
        std::string hash;
        std::string clientId;
        std::string registration;
        TimePoint until{};
        mutable std::mutex mutex;
        mutable seconds interval{0};
        mutable std::optional<SteadyPoint> asked;
    };
    OAuthError answer(const Pending& pending) const;

    /// Of those beyond them every question costs a look into the storage.
    static constexpr std::size_t most = 65'536;

    Host& host_;
    std::function<bool()> isFresh_;
    std::atomic<std::uint64_t> decisions_{0};
    RecentCache<Pending> pending_{most};
};

}  // namespace gatehouse
