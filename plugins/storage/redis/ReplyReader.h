// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Reply.h"

#include <array>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace gatehouse {

/// Reads replies and believes nothing: memory grows with what has arrived, not with what was
/// announced, and ends at a limit. Throws RedisFailure. Threads: one at a time.
class ReplyReader {
public:
    /// Memory of one reply, and how deep its lists may lie in each other.
    static constexpr std::size_t mostBytes = std::size_t{64} * 1024 * 1024;
    static constexpr std::size_t deepest = 5;

    /// Writes at least one byte, at most so many, and says how many; throws when there are none.
    using Source = std::function<std::size_t(char* into, std::size_t most)>;

    explicit ReplyReader(Source source) : source_(std::move(source)) {}
    Reply read();
    /// Has more arrived than was read?
    bool hasMore() const noexcept { return !unread_.empty(); }

private:
    Reply item(std::size_t depth);
    Reply bulk(std::int64_t length);
    Reply list(std::int64_t length, std::size_t depth);
    std::string line();
    void fill();
    void charge(std::size_t bytes);

    Source source_;
    std::array<char, 16384> buffer_{};
    std::string_view unread_;
    std::size_t left_ = 0;
};

}  // namespace gatehouse
