// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Result.h>
#include <gatehouse/Time.h>

#include "MarkFile.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace gatehouse {

/// The files of marks in a folder, each with those that end in the same half minute and named after
/// it. Threads: one at a time.
class MarkFiles {
public:
    /// `clock` outlives this.
    MarkFiles(std::string folder, const Clock& clock) : folder_(std::move(folder)), clock_(clock) {}

    /// All that are there; those that ended long ago are removed.
    Status open();
    bool has(const Mark& mark) const;
    std::size_t size() const;
    Status add(const Mark& mark, TimePoint until);
    /// Removes the files whose marks have all ended, whatever was done to the clock meanwhile; what
    /// they had in memory is the caller's to free, when nobody waits for it.
    std::vector<MarkFile> drop();
    /// Waits until the disk has all.
    Status flush() const;

private:
    std::string pathOf(std::int64_t end) const { return folder_ + '/' + std::to_string(end); }

    std::string folder_;
    const Clock& clock_;
    std::map<std::int64_t, MarkFile> files_;  ///< by when they end, in stretches
};

}  // namespace gatehouse
