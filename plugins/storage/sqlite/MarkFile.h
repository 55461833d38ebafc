// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>
#include <gatehouse/Time.h>

#include "file/FileDescriptor.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <unordered_set>

namespace gatehouse {

/// The first half of a SHA-256 of what is marked.
using Mark = std::array<unsigned char, 16>;

/// Marks in memory, and one after the other in a file that is written and not flushed: what was
/// added outlives the process. Threads: one at a time.
class MarkFile {
public:
    /// With what the file has; it is made, for its owner alone, where there is none. A mark of
    /// which a part alone was written was never acknowledged. Fault::unavailable names the file.
    static Result<MarkFile> open(std::string path);

    std::size_t size() const noexcept { return marks_.size(); }
    bool has(const Mark& mark) const { return marks_.count(mark) > 0; }
    /// One that is not there. Nothing is added when it cannot be written.
    Status add(const Mark& mark);
    /// By the clock that nobody sets, none of its marks is of use any more.
    bool hasEnded(SteadyPoint now) const noexcept { return ends_ <= now; }
    void endsNotBefore(SteadyPoint end) noexcept { ends_ = std::max(ends_, end); }
    /// Waits until the disk has all of it.
    Status flush() const;

private:
    /// Nobody can choose marks that lie in one bucket.
    struct Hash {
        std::size_t operator()(const Mark& mark) const noexcept;
    };

    MarkFile(std::string path, FileDescriptor file)
        : path_(std::move(path)), file_(std::move(file)) {}
    Status read();
    Error failure(const char* what) const;

    std::string path_;
    FileDescriptor file_;
    std::size_t written_ = 0;  ///< in the file, which may have one twice after a power cut
    std::unordered_set<Mark, Hash> marks_;
    SteadyPoint ends_{};
};

}  // namespace gatehouse
