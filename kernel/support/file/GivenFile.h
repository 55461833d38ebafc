// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>

#include "file/FileDescriptor.h"
#include "file/FileRule.h"

#include <cstddef>
#include <string>
#include <vector>

namespace gatehouse {

struct FileWish {
    Keeping keeping;
    std::size_t most;  ///< bytes
};

/// What a file says.
struct GivenFile {
    std::string text;
    std::string doubt;  ///< what is not as it should be, but not this process's to mend; for a log
};

/// Reads a file whole, and never waits for a pipe or device. Errors name the file, never what it
/// says: Fault::unavailable when it cannot be opened or read, Fault::badInput when it is of another
/// kind, too large, or not kept as wished.
Result<GivenFile> readGivenFile(const std::string& path, const FileWish& wish);

/// A file that is too large to be read whole: opened, and otherwise as in readGivenFile().
struct OpenedFile {
    FileDescriptor descriptor;
    std::size_t size;  ///< bytes
    std::string doubt;
};
Result<OpenedFile> openGivenFile(const std::string& path, Keeping keeping);

/// A folder of such files. What a link in it leads to counts as its own only when that lies in it.
class GivenFolder {
public:
    static Result<GivenFolder> open(const std::string& path, Keeping keeping);

    /// As in readGivenFile(); `name` is relative to the folder.
    Result<GivenFile> read(const std::string& name, const FileWish& wish) const;
    /// Is there something of this name, whatever it is?
    bool has(const std::string& name) const;
    /// What lies in it or in a folder of it, sorted; nothing when there is no such folder.
    Result<std::vector<std::string>> names(const std::string& folder = ".") const;
    const std::string& doubt() const noexcept { return doubt_; }

private:
    GivenFolder(std::string path, FileDescriptor opened, std::string doubt);
    std::string at(const std::string& name) const;
    /// Why, as errno says.
    Error notOpened(const std::string& path) const;

    std::string path_;
    FileDescriptor opened_;
    std::string doubt_;
};

}  // namespace gatehouse
