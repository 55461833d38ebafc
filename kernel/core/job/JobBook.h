// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Jobs.h>
#include <gatehouse/Records.h>

#include "job/StoredJob.h"

#include <optional>
#include <string>
#include <vector>

namespace gatehouse {

/// The durable jobs of a deployment, of all its issuers together, in the storage. Who leases a job
/// makes it due later, in one batch that fails for everybody else: so one node has it, and when
/// that node ends it is due again. Threads: any; blocks on the storage.
class JobBook {
public:
    /// How long a dead one is kept for the operator.
    static constexpr std::chrono::hours deadLife{24 * 30};

    /// All must outlive this.
    JobBook(Records& records, Clock& clock, Random& random)
        : records_(records), clock_(clock), random_(random) {}

    struct Page {
        std::vector<StoredJob> jobs;
        std::string next;  ///< give as `after` to go on; empty at the end
    };

    /// `job.handler` names the instance too. The id.
    Result<std::string> add(const Context& context, const NewJob& job);
    /// The same as a part of somebody's batch, whichever issuer that is of.
    Result<StoredJob> addTo(Batch& batch, IssuerId issuer, const NewJob& job);
    /// Those that are to be done, the one that is due first in front.
    Result<Page> list(SteadyPoint deadline, const std::string& after, std::size_t limit);
    /// The one of a queue that is due first.
    Result<std::optional<StoredJob>> first(SteadyPoint deadline, const std::string& queueId);
    /// False when somebody else has it. Otherwise it is due at `until` now.
    Result<bool> lease(SteadyPoint deadline, StoredJob& job, TimePoint until);
    /// What it was added with; nullopt: it is not there any more.
    Result<std::optional<std::string>> payload(SteadyPoint deadline, const StoredJob& job);

    // What becomes of a job that was leased. Nothing when the lease has ended and another node has
    // it.

    Status finish(SteadyPoint deadline, const StoredJob& job);
    /// It was not tried: it is due again at once.
    Status release(SteadyPoint deadline, const StoredJob& job);
    /// To be tried again.
    Status postpone(SteadyPoint deadline, StoredJob job, TimePoint due, const std::string& problem);
    Status bury(SteadyPoint deadline, StoredJob job, const std::string& problem);

    // Dead ones.

    Result<Page> dead(SteadyPoint deadline, const std::string& after, std::size_t limit);
    /// It is due now, for one more try when it is old. False: it is gone already.
    Result<bool> revive(SteadyPoint deadline, const StoredJob& job);
    Result<bool> drop(SteadyPoint deadline, const StoredJob& job);

private:
    Result<Page> page(SteadyPoint deadline, const char* kind, const std::string& after,
                      std::size_t limit);
    Result<bool> replace(SteadyPoint deadline, const StoredJob& job, const char* kind,
                         std::vector<Record> puts);
    static Record body(const std::string& id, std::string payload, TimePoint expires);

    Records& records_;
    Clock& clock_;
    Random& random_;
};

}  // namespace gatehouse
