// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Records.h>
#include <gatehouse/Time.h>

#include "job/OwnJobs.h"

#include <chrono>
#include <functional>
#include <string>

namespace gatehouse {

/// Durable jobs that look at sessions when their time should be over: one that lives on is looked
/// at again, at its new end. Threads: any.
class SessionWatch {
public:
    /// How long what is over stays there to be looked at, though no node does jobs.
    static constexpr std::chrono::hours patience{24 * 7};
    /// Looks at the session of this selector.
    using Look = std::function<Status(const Context&, const std::string& selector)>;

    /// Both must outlive this.
    SessionWatch(const SharedJobs& jobs, Clock& clock, Look look);
    SessionWatch(const SessionWatch&) = delete;
    SessionWatch& operator=(const SessionWatch&) = delete;
    ~SessionWatch();

    /// Adds to the batch that it is looked at when it should end.
    Status add(const Context& context, const std::string& selector, TimePoint end,
               Batch& batch) const;

private:
    const SharedJobs jobs_;
    Clock& clock_;
};

}  // namespace gatehouse
