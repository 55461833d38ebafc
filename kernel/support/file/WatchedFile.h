// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>

#include "file/GivenFile.h"

#include <sys/types.h>

#include <string>
#include <utility>

namespace gatehouse {

/// A file that is read again when it has changed. One thread at a time.
class WatchedFile {
public:
    WatchedFile(std::string path, FileWish wish) : path_(std::move(path)), wish_(wish) {}

    struct Stamp {
        dev_t device = 0;
        ino_t inode = 0;
        off_t size = 0;
        time_t changed = 0;
        long changedNanoseconds = 0;
        bool operator==(const Stamp& other) const noexcept;
    };

    /// All of it, as readGivenFile() reads it.
    Result<GivenFile> read();
    /// Is it another file, or of another time or size, than read() last saw? True once for a file
    /// that went away.
    bool isChanged() const;
    const std::string& path() const noexcept { return path_; }

private:
    std::string path_;
    FileWish wish_;
    Stamp seen_;
};

}  // namespace gatehouse
