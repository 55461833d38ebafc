// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Context.h>
#include <gatehouse/Records.h>
#include <gatehouse/Result.h>

#include "store/RecentCache.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Finds clients: those from files, then those in the storage, kept in memory until a change is
/// announced. A node that does not hear of changes asks the storage each time. Threads: any.
class ClientDirectory {
public:
    /// `hearsOfChanges`: is every change of a moment ago known here? Asked from any thread.
    ClientDirectory(Records& records, std::function<bool()> hearsOfChanges,
                    std::vector<Client> staticClients);

    /// The client, or nullptr when it is unknown or disabled.
    Result<std::shared_ptr<const Client>> find(const Context& context,
                                               std::string_view clientId) const;
    /// The client whether enabled or not, read from the storage now.
    Result<std::shared_ptr<const Client>> read(const Context& context,
                                               std::string_view clientId) const;
    const std::vector<Client>& staticClients() const noexcept { return staticClients_; }
    /// A client was changed, here or on another node.
    void forget(IssuerId issuer, std::string_view clientId);

private:
    Records& records_;
    std::function<bool()> hearsOfChanges_;
    std::vector<Client> staticClients_;
    mutable RecentCache<Client> cache_;
    std::atomic<std::uint64_t> forgotten_{0};
};

}  // namespace gatehouse
