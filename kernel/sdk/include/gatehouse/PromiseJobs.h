// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Capability.h>
#include <gatehouse/Client.h>
#include <gatehouse/Context.h>
#include <gatehouse/Jobs.h>

#include <string_view>
#include <vector>

namespace gatehouse {

/// A promise that somebody decides about.
struct DecidedPromise {
    const Client& client;
    std::string_view grant;  ///< the `grant_type` that redeems it
    std::string_view reference;  ///< Promised::reference
};

/// What a client_metadata_rule has beside its point whose clients want to hear that somebody has
/// decided about what they were promised. Threads: any.
class PromiseJobs {
public:
    static constexpr Capability capability{"client_metadata_rule.promise_jobs", 1};

    virtual ~PromiseJobs() = default;
    /// Jobs of the plugin's own (Host::jobs) that tell this client, if it wants to be told: durable
    /// together with the decision, whatever that is. It does not block.
    virtual std::vector<NewJob> jobs(const Context&, const DecidedPromise&) const = 0;
};

}  // namespace gatehouse
