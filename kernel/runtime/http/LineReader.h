// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gatehouse {

/// Cuts lines that end in CR LF out of a byte stream; keeps the part of a line that has come.
class LineReader {
public:
    enum class Outcome { more, line, tooLong, malformed };

    /// Takes bytes up to the end of the line and says in `used` how many. `line` is without CR LF
    /// and good until the next call. `limit` counts CR LF.
    Outcome read(std::string_view bytes, std::size_t limit, std::size_t& used,
                 std::string_view& line);
    /// Bytes of a line that has not come whole.
    std::size_t held() const noexcept { return isDone_ ? 0 : partial_.size(); }
    void release() { std::string().swap(partial_); }

private:
    static Outcome finish(std::string_view whole, std::string_view& line) noexcept;

    std::string partial_;
    bool isDone_ = false;  ///< partial_ holds the line given last
};

}  // namespace gatehouse
