// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>
#include <gatehouse/Secret.h>

#include "file/GivenFile.h"

#include <cstddef>
#include <string>
#include <utility>

namespace gatehouse {

/// A file of SHA-1 hashes of leaked passwords, as Have I Been Pwned gives them out: lines
/// "40 hex digits:how often", sorted. Some dozen places of it are read for an answer, however large
/// it is; it is not mapped into memory, where a file that somebody cuts off ends the process.
/// Threads: any.
class LeakedList {
public:
    /// Fault::badInput when it does not begin and end as such a file, or is not kept as an
    /// operator's; Fault::unavailable when it cannot be read.
    static Result<LeakedList> open(const std::string& path);

    Result<bool> contains(const Secret& password) const;

private:
    LeakedList(std::string path, OpenedFile file)
        : path_(std::move(path)), file_(std::move(file)) {}

    /// Of the first line that begins at the offset or behind it, in small letters; behind the last
    /// one, a text that is greater than all.
    Result<std::string> hashFrom(std::size_t offset) const;

    std::string path_;
    OpenedFile file_;
};

}  // namespace gatehouse
