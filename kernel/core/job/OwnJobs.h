// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Jobs.h>

#include "job/JobBook.h"
#include "job/JobHandlers.h"
#include "job/JobRunner.h"
#include "store/InstanceNames.h"

#include <string>

namespace gatehouse {

/// What all instances share for their jobs.
struct SharedJobs {
    JobBook& book;
    JobHandlers& handlers;
    JobRunner& runner;
};

/// The jobs of one plugin instance. Threads: any.
class OwnJobs final : public Jobs {
public:
    /// All of `shared` must outlive this.
    OwnJobs(const SharedJobs& shared, InstanceNames names)
        : shared_(shared), names_(std::move(names)) {}
    OwnJobs(const OwnJobs&) = delete;
    OwnJobs& operator=(const OwnJobs&) = delete;
    ~OwnJobs() override { end(); }

    void handle(std::string_view handler, JobHandler work) override {
        shared_.handlers.add(names_.labelIn(handler), this, std::move(work));
    }
    Result<std::string> add(const Context& context, NewJob job) override {
        job.handler = names_.labelIn(job.handler);
        auto id = shared_.book.add(context, job);
        if (id) {
            shared_.runner.added(StoredJob::queueIdOf(job.handler, job.queue), job.delay);
        }
        return id;
    }
    /// From now on none of the instance's handlers is called.
    void end() noexcept { shared_.handlers.remove(this); }

private:
    const SharedJobs shared_;
    const InstanceNames names_;
};

}  // namespace gatehouse
