// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/LineReader.h"
#include "http/RequestRefusal.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace gatehouse {

/// Reads a chunked body (RFC 9112 section 7.1). Extensions are bounded and ignored; of the
/// trailers only the blank line is read here.
class ChunkReader {
public:
    /// Appends data to `body`; says how many bytes were taken. May take none at the end.
    std::size_t feed(std::string_view bytes, LineReader& lines, std::size_t bodyLimit,
                     std::string& body);
    /// The last chunk has been read; trailer fields follow.
    bool isAtTrailers() const noexcept { return step_ == Step::trailers; }
    const RequestRefusal& refusal() const noexcept { return refusal_; }

private:
    enum class Step { size, data, dataEnd, trailers };

    std::size_t readLine(std::string_view bytes, LineReader& lines, std::size_t bodySize,
                         std::size_t bodyLimit);
    void onSize(std::string_view line, std::size_t bodySize, std::size_t bodyLimit) noexcept;

    Step step_ = Step::size;
    std::size_t remaining_ = 0;
    std::size_t extensionBytes_ = 0;
    RequestRefusal refusal_;
};

}  // namespace gatehouse
