// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Jobs.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse {

/// Who does the jobs of which name. While a reload replaces an instance there are two; the later
/// one gets what comes. Threads: any.
class JobHandlers {
public:
    void add(const std::string& name, const void* owner, JobHandler work);
    /// None of this owner's handlers runs any more when this returns.
    void remove(const void* owner);
    bool has(const std::string& name) const;
    bool empty() const;
    /// Runs it; nullopt: there is none of this name. What it throws becomes Fault::internal.
    std::optional<Status> run(const std::string& name, const Context& context, const DueJob& job);

private:
    struct Entry {
        std::string name;
        const void* owner;
        JobHandler work;
        int running = 0;
    };
    using Entries = std::vector<std::shared_ptr<Entry>>;

    Entries::const_reverse_iterator find(const std::string& name) const;

    mutable std::mutex mutex_;
    std::condition_variable ended_;
    Entries entries_;
};

}  // namespace gatehouse
