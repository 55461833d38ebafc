// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Result.h>
#include <gatehouse/Time.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace gatehouse {

/// Work that has to be done though this process may end before it is.
struct NewJob {
    std::string handler;  ///< by the name under which it was registered
    std::string queue;  ///< what it is for: one site, one receiver; up to 256 bytes
    std::string payload;  ///< any bytes, up to 512 KiB
    milliseconds delay{0};  ///< before it is first tried
};

/// A job that is tried now.
struct DueJob {
    std::string id;  ///< the same at each try, and no other job's: for whoever may get it twice
    std::string queue;
    std::string payload;
    std::uint32_t tries = 1;  ///< with this one
    TimePoint made{};
};

/// Does a job. The context's issuer is that of who added it, or one without a URL when it is no
/// more; its deadline is when another node may try the job too. What is returned: done, and the job
/// is gone; Fault::badInput or notAllowed, and it will never be done: it is put with the dead ones;
/// any other error, and it is tried again, later each time, until it is too old.
using JobHandler = std::function<Status(const Context&, const DueJob&)>;

/// Durable jobs, kept in the storage and done at least once by whichever node is alive: now and
/// then twice, when a node ends or is cut off while it is at one. Jobs of a queue are tried one at
/// a time on each node and, while nothing fails, in the order in which they were added; one queue
/// never waits for another. Handlers and jobs are the instance's own. Implemented by the kernel;
/// grows at its end. Threads: any.
class Jobs {
public:
    virtual ~Jobs() = default;
    /// For start(): from now on until the plugin stops. The handler is called on threads of its
    /// own and may block.
    virtual void handle(std::string_view handler, JobHandler work) = 0;
    /// It is durable when this returns its id. Fault::unavailable: the storage is away;
    /// Fault::unknown: it may have been added.
    virtual Result<std::string> add(const Context&, NewJob job) = 0;
};

}  // namespace gatehouse
