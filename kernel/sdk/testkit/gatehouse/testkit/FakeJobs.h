// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Jobs.h>
#include <gatehouse/testkit/FakeBackend.h>
#include <gatehouse/testkit/FakeContext.h>

#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::testkit {

/// Keeps jobs in memory and does them when told to. Threads: any.
class FakeJobs final : public Jobs, public FakeBackend {
public:
    void handle(std::string_view handler, JobHandler work) override {
        const std::lock_guard<std::mutex> lock(mutex_);
        handlers_[std::string(handler)] = std::move(work);
    }
    Result<std::string> add(const Context& context, NewJob job) override {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (const auto failure = trouble(context)) {
            return *failure;
        }
        if (job.payload.size() > mostPayload) {
            return Error::badInput("a job's payload of more than 512 KiB");
        }
        jobs_.push_back(std::move(job));
        if (std::exchange(losesAnswer_, false)) {
            return Error::unknown("no answer came");
        }
        return "job-" + std::to_string(jobs_.size());
    }

    std::vector<NewJob> jobs() const {
        const std::lock_guard<std::mutex> lock(mutex_);
        return jobs_;
    }
    /// Tries the job that was added as this one, from 0.
    Status run(std::size_t number) {
        JobHandler work;
        DueJob job;
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            const NewJob& added = jobs_.at(number);
            work = handlers_.at(added.handler);
            job.id = "job-" + std::to_string(number + 1);
            job.queue = added.queue;
            job.payload = added.payload;
        }
        return work(context_, job);
    }
    /// The next job is added, and add() answers Fault::unknown.
    void loseNextAnswer() {
        const std::lock_guard<std::mutex> lock(mutex_);
        losesAnswer_ = true;
    }

private:
    static constexpr std::size_t mostPayload = std::size_t{512} * 1024;

    mutable std::mutex mutex_;
    std::map<std::string, JobHandler> handlers_;
    std::vector<NewJob> jobs_;
    bool losesAnswer_ = false;
    FakeContext context_;
};

}  // namespace gatehouse::testkit
