// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>
#include <gatehouse/point/UserStore.h>

#include "UserLine.h"

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gatehouse {

/// The users of a file, one a line. Not changed once read.
class UserFile {
public:
    /// Reads all of a file's text. Fault::badInput with "path:line:column: what is wrong", one a
    /// line, for the first problems.
    static Result<UserFile> read(std::string_view text, const std::string& path,
                                 std::string_view weakestHash);

    /// nullptr: nobody of that login, in any case.
    const FileUser* find(std::string_view login) const;
    const FileUser* findById(const std::string& id) const;
    /// Those behind the user of the id `after`. Fault::badInput when that one is not there.
    Result<UserPage> list(std::string_view after, std::size_t limit) const;
    std::size_t size() const noexcept { return users_.size(); }
    /// The hash that takes longest to check; empty when there are no users.
    const std::string& dearestHash() const noexcept { return dearestHash_; }

private:
    using Index = std::unordered_map<std::string, std::size_t>;

    const FileUser* found(const Index& index, const std::string& key) const;
    /// Column and message when the line is wrong.
    std::string add(std::string_view line, std::size_t number, std::string_view weakestHash);

    std::vector<FileUser> users_;
    std::vector<std::size_t> lines_;
    Index byId_;
    Index byLogin_;
    std::string dearestHash_;
    std::chrono::nanoseconds dearest_{};
};

}  // namespace gatehouse
