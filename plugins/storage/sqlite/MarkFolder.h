// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>
#include <gatehouse/Time.h>

#include "LastRun.h"
#include "MarkFiles.h"
#include "thread/TimedMutex.h"

#include <cstddef>
#include <optional>
#include <string>

namespace gatehouse {

/// Replay marks of minutes, in a folder beside the database. A mark costs no write that is flushed:
/// see LastRun for what that means. The folder is taken for the first mark, so by a server and not
/// by the command line. Threads: any.
class MarkFolder {
public:
    static constexpr std::size_t room = std::size_t{1} << 22;  ///< for marks of some 40 bytes

    /// `clock` outlives this.
    MarkFolder(std::string path, const Clock& clock, std::size_t most = room)
        : path_(std::move(path)), clock_(clock), most_(most), files_(path_, clock) {}
    MarkFolder(const MarkFolder&) = delete;
    MarkFolder& operator=(const MarkFolder&) = delete;
    /// Brings everything to the disk, so that the next process knows that nothing is lost.
    ~MarkFolder();

    /// As ReplayMarks::once(). Waits for others no longer than `limit`.
    Result<bool> once(const Mark& mark, TimePoint until, TimePoint earliest, milliseconds limit);

private:
    Status open();

    const std::string path_;
    const Clock& clock_;
    const std::size_t most_;
    const SteadyPoint started_ = clock_.steady();
    TimedMutex mutex_;
    std::optional<LastRun> run_;  ///< while the folder is taken
    MarkFiles files_;
};

}  // namespace gatehouse
