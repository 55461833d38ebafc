// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>

#include <sys/stat.h>

#include <string>
#include <utility>

namespace gatehouse {

/// A file that is read again when it has changed. One thread at a time.
class WatchedFile {
public:
    explicit WatchedFile(std::string path) : path_(std::move(path)) {}

    /// All of its text. Fault::unavailable when it cannot be read, Fault::badInput when it is not a
    /// regular file, others than its owner and group may write it, or it is larger than 64 MiB.
    Result<std::string> read();
    /// Is it another file, or of another time or size, than read() last saw? True once for a file
    /// that went away.
    bool isChanged();
    const std::string& path() const noexcept { return path_; }

private:
    struct Stamp {
        dev_t device = 0;
        ino_t inode = 0;
        off_t size = 0;
        time_t changed = 0;
        long changedNanoseconds = 0;
        bool operator==(const Stamp& other) const noexcept;
    };
    static Stamp stampOf(const struct stat& status) noexcept;

    std::string path_;
    Stamp seen_;
};

}  // namespace gatehouse
