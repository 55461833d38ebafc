// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/RequestRefusal.h"

#include <cstddef>
#include <string_view>

namespace gatehouse {

/// What the header fields say about the message itself: where its body ends (RFC 9112 section 6),
/// for whom it is, and what becomes of the connection.
class Framing {
public:
    /// Notes a field; `name` in lower case.
    RequestRefusal note(std::string_view name, std::string_view value) noexcept;
    /// Judges them together, at the end of the head.
    RequestRefusal judge(bool isOld, std::size_t bodyLimit) noexcept;

    bool isChunked() const noexcept { return transferEncodings_ > 0; }
    std::size_t contentLength() const noexcept { return contentLength_; }
    bool hasBody() const noexcept { return isChunked() || contentLength_ > 0; }
    bool expectsContinue() const noexcept { return expectsContinue_; }
    bool keepsAlive() const noexcept { return keepsAlive_; }

private:
    RequestRefusal noteLength(std::string_view value) noexcept;
    RequestRefusal judgeWishes() const noexcept;
    RequestRefusal noteHost(std::string_view value) noexcept;
    RequestRefusal noteOnce(std::string_view name) noexcept;
    void noteConnection(std::string_view value) noexcept;

    std::size_t contentLength_ = 0;
    bool hasLength_ = false;
    bool hasHost_ = false;
    bool isOnlyChunked_ = true;
    bool hasAuthorization_ = false;
    bool hasType_ = false;
    bool isEncoded_ = false;
    bool expectsContinue_ = false;
    bool expectsOther_ = false;
    bool asksClose_ = false;
    bool asksKeep_ = false;
    bool keepsAlive_ = false;
    unsigned transferEncodings_ = 0;
};

}  // namespace gatehouse
