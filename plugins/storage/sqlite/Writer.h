// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/Storage.h>

#include "BatchWriter.h"
#include "Connection.h"
#include "Names.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace gatehouse {

/// The one connection that writes. Its transactions hold many batches each; it moves the
/// write-ahead log into the file when that has grown, or when nothing else is to be done. One
/// thread at a time. Failures are thrown as SqliteFailure.
class Writer {
public:
    /// Opens an existing file; `names` must outlive this.
    Writer(const std::string& path, Synchronous synchronous, Names& names);

    Connection& connection() noexcept { return connection_; }
    std::vector<Outcome> apply(const std::vector<Batch>& batches, TimePoint now,
                               milliseconds limit);
    std::size_t dropExpired(TimePoint before, std::size_t atMost, milliseconds limit);
    /// Checkpoints and gives space back, when nothing was written for a while.
    void tidy();

private:
    template <class Work> auto inTransaction(const Work& work);
    void commit();
    void rollBack() noexcept;
    void checkpoint() noexcept;
    static int onCommit(void* self, sqlite3* database, const char* name, int pages);

    Connection connection_;
    BatchWriter batches_;
    Statement begin_;
    Statement commit_;
    int logPages_ = 0;
    std::chrono::steady_clock::time_point lastApply_;
};

}  // namespace gatehouse
