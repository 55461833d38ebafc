// SPDX-License-Identifier: Apache-2.0
#include "MarkFolder.h"

#include "DatabaseFile.h"

#include <mutex>
#include <utility>
#include <vector>

namespace gatehouse {

MarkFolder::~MarkFolder() {
    if (run_ && files_.flush()) {
        (void)run_->end();
    }
}

Result<bool> MarkFolder::once(const Mark& mark, TimePoint until, TimePoint earliest,
                              milliseconds limit) {
    std::vector<MarkFile> dropped;  // freed after the lock
    const std::unique_lock<TimedMutex> lock(mutex_, limit);
    if (!lock) {
        return Error::unavailable("replay marks cannot be written for long");
    }
    if (auto status = open(); !status) {
        return status.error();
    }
    dropped = files_.drop();
    if (files_.has(mark)) {
        return false;
    }
    if (earliest <= run_->lostUntil()) {
        return Error::unavailable("the storage has lost replay marks; this one may be among them");
    }
    if (files_.size() >= most_) {
        return Error::unavailable("there are as many replay marks as are kept at once");
    }
    const auto added = files_.add(mark, until);
    return added ? Result<bool>(true) : added.error();
}

Status MarkFolder::open() {
    if (run_) {
        return done();
    }
    auto status = makeFolderBeside(path_);
    if (!status) {
        return status;
    }
    auto run = LastRun::begin(path_ + "/run", clock_, started_);
    if (!run) {
        return run.error();
    }
    for (const auto& folder : {path_, path_ + "/.."}) {
        status = status ? flushFolder(folder) : status;
    }
    status = status ? files_.open() : status;
    if (status) {
        run_ = *std::move(run);
    }
    return status;
}

}  // namespace gatehouse
