// SPDX-License-Identifier: Apache-2.0
#include "token/PromiseTellers.h"

namespace gatehouse {

PromiseTellers::PromiseTellers(Host& host, JobBook& book, const Rules& rules,
                               const std::map<std::string, InstanceNames>& names)
    : host_(&host), book_(&book) {
    for (const auto& named : rules) {
        if (const auto* jobs = capabilityOf<PromiseJobs>(*named.plugin)) {
            tellers_.push_back(
                {Watched<ClientMetadataRule>(host, named), jobs, names.at(named.name)});
        }
    }
}

/// One that throws keeps nobody from deciding.
Status PromiseTellers::addTo(Batch& batch, const Context& context,
                             const DecidedPromise& promise) const {
    for (const auto& teller : tellers_) {
        auto jobs = teller.plugin.ask([&](const ClientMetadataRule& /*rule*/) {
            return Result<std::vector<NewJob>>(teller.jobs->jobs(context, promise));
        });
        if (!jobs) {
            host_->log().write(context, Level::error, jobs.error().detail);
            continue;
        }
        for (auto& job : *jobs) {
            job.handler = teller.names.labelIn(job.handler);
            const auto added = book_->addTo(batch, context.issuer.id, job);
            if (!added) {
                return added.error();
            }
        }
    }
    return done();
}

}  // namespace gatehouse
