// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/PromiseJobs.h>
#include <gatehouse/point/ClientMetadataRule.h>

#include "job/JobBook.h"
#include "plugin/Watched.h"
#include "store/InstanceNames.h"

#include <map>
#include <string>
#include <vector>

namespace gatehouse {

/// Plugins that tell clients that somebody has decided about what they were promised. Threads: any.
class PromiseTellers {
public:
    using Rules = std::vector<Host::Named<ClientMetadataRule>>;

    /// Nobody is told.
    PromiseTellers() = default;
    /// `names`: of the rules' jobs, by instance. Host and book outlive this.
    PromiseTellers(Host& host, JobBook& book, const Rules& rules,
                   const std::map<std::string, InstanceNames>& names);

    /// Adds their jobs to the batch that decides.
    Status addTo(Batch& batch, const Context& context, const DecidedPromise& promise) const;

private:
    struct Teller {
        Watched<ClientMetadataRule> plugin;
        const PromiseJobs* jobs;
        InstanceNames names;
    };

    Host* host_ = nullptr;
    JobBook* book_ = nullptr;
    std::vector<Teller> tellers_;
};

}  // namespace gatehouse
