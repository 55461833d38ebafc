// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>
#include <gatehouse/point/Storage.h>

#include <cstddef>
#include <string>
#include <vector>

namespace gatehouse {

/// One numbered step of a storage's layout.
struct Migration {
    int number = 0;  ///< from 1, without gaps
    std::string name;
    bool isApplied = false;
};

/// What operators do with a storage as a whole. Good after Storage::configure(), also without
/// start(). One thread; each call may take as long as it needs.
class StorageMaintenance {
public:
    virtual ~StorageMaintenance() = default;

    /// The steps this version knows, in order, and behind them those that a newer one has applied.
    /// Fault::unavailable when the storage cannot be reached.
    virtual Result<std::vector<Migration>> migrations() = 0;
    /// Applies or takes back steps until `number`, at least 1, is the last one applied; each step
    /// happens whole or not at all. Waits for another process that does the same, and leaves a
    /// storage alone in which a newer version has applied steps.
    virtual Status migrateTo(int number) = 0;

    /// Records of all issuers and kinds, those behind `after` in an order of the storage's own;
    /// also what has expired and was not yet cleaned up. Less than `limit` (at least 1) of them:
    /// that was all. After Storage::start().
    virtual Result<std::vector<Record>> everything(const RecordKey& after, std::size_t limit) = 0;

    /// Writes all to a new file, as it is at one moment, while others read and write.
    /// Fault::badInput for a storage that has tools of its own for this; the message names them.
    virtual Status backUp(const std::string& file) = 0;
    /// Replaces all by what backUp() has written. Fault::badInput for another file;
    /// Fault::unavailable while anybody else has the storage open.
    virtual Status restore(const std::string& file) = 0;
    /// Fault::unavailable while anybody else has the storage open, as far as that can be told. Not
    /// between Storage::start() and stop().
    virtual Status requireUnused() = 0;
};

}  // namespace gatehouse
