// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Result.h>
#include <gatehouse/Time.h>

#include "file/FileDescriptor.h"

#include <optional>
#include <string>

namespace gatehouse {

/// The file that says how the last process that kept marks in a folder ended, and that keeps a
/// second one out. What a process has written is there for the next unless the machine ended in
/// between: then another start of the machine is on record, and no orderly end.
/// Threads: one at a time.
class LastRun {
public:
    /// Begins a run of a process that marked nothing before `started`. `clock` outlives it.
    /// Fault::unavailable names the file: another process has it, or it cannot be written.
    static Result<LastRun> begin(const std::string& path, const Clock& clock, SteadyPoint started);

    /// What was marked at this moment or before may be lost; long ago: nothing is. It is as long
    /// ago as it is by the clock that nobody sets.
    TimePoint lostUntil() const;
    /// All that was marked is on the disk.
    Status end();

private:
    LastRun(std::string path, FileDescriptor file, const Clock& clock)
        : path_(std::move(path)), file_(std::move(file)), clock_(&clock) {}
    Status take(SteadyPoint started);
    /// On the disk when it returns.
    Status write(const std::string& run);
    Error failure(const std::string& why) const;

    std::string path_;
    FileDescriptor file_;
    const Clock* clock_;
    std::optional<SteadyPoint> lost_;
};

}  // namespace gatehouse
