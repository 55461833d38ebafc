// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Looks at what has arrived before Poco::Redis does, which reserves what is announced and follows
/// lists in lists to any depth. Throws RedisFailure for what is malformed or beyond a limit.
/// Threads: one at a time.
class ReplyBounds {
public:
    /// Memory of one reply, of one text in it, and how deep its lists may lie in each other.
    static constexpr std::size_t mostBytes = std::size_t{64} * 1024 * 1024;
    static constexpr std::size_t longestText = std::size_t{8} * 1024 * 1024;
    static constexpr std::size_t deepest = 5;

    /// The next bytes, in any pieces.
    void pass(std::string_view arrived);

private:
    // These two say how many bytes they have looked at.
    std::size_t passText(std::string_view arrived);
    std::size_t passLine(std::string_view arrived);
    void head(std::string_view line);
    void beginText(std::int64_t length);
    void beginList(std::int64_t length);
    void end();
    void charge(std::size_t bytes);

    std::string line_;  ///< that has not ended yet
    std::size_t text_ = 0;  ///< bytes to come of a text and its CR LF
    std::vector<std::int64_t> lists_;  ///< items to come of each list that has not ended
    std::size_t left_ = mostBytes;
};

}  // namespace gatehouse
