// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Http.h>

#include "http/ChunkReader.h"
#include "http/Framing.h"
#include "http/LineReader.h"
#include "http/ListenerSettings.h"
#include "http/RequestRefusal.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace gatehouse {

/// Reads requests from a byte stream, strictly (RFC 9112). Pure: no sockets, no clock; one thread.
///
/// Feed it bytes in any portions; it takes what belongs to the current request and never a byte
/// more, so nothing of a body can be read as the next request. The outcome does not depend on how
/// the bytes were cut.
class RequestReader {
public:
    enum class State {
        more,  ///< wants more bytes
        ready,  ///< a whole request; take() it before feeding again
        refused  ///< see refusal(); the connection must be closed after the answer
    };

    /// `limits` must outlive the reader.
    explicit RequestReader(const RequestLimits& limits) noexcept : limits_(&limits) {}

    /// How many of `bytes` were taken; none unless the state is `more`.
    std::size_t feed(std::string_view bytes);
    State state() const noexcept { return state_; }
    const RequestRefusal& refusal() const noexcept { return refusal_; }
    /// Some bytes of a request have been taken.
    bool hasBegun() const noexcept { return hasBegun_; }
    /// What has been read of the request so far.
    const HttpRequest& part() const noexcept { return request_; }
    /// About the memory that a request takes which has not come whole.
    std::size_t held() const noexcept { return headBytes_ + lines_.held() + request_.body.size(); }
    /// True once when the client waits for "100 Continue" before it sends the body.
    bool takeContinue() noexcept;

    // In State::ready:

    /// The connection may be used again after this request.
    bool keepsAlive() const noexcept { return framing_.keepsAlive(); }
    /// HTTP/1.0: that the connection is kept must be said.
    bool isOld() const noexcept { return isOld_; }
    /// The request. Afterwards the reader waits for the next one.
    HttpRequest take();

private:
    enum class Step { requestLine, fields, sizedBody, chunkedBody, trailers };

    std::size_t feedStep(std::string_view bytes);
    std::size_t feedLine(std::string_view bytes);
    std::size_t feedSizedBody(std::string_view bytes);
    std::size_t feedChunkedBody(std::string_view bytes);
    void onLine(std::string_view line);
    void onRequestLine(std::string_view line);
    void onField(std::string_view line);
    void onHeadEnd();
    void useAuthority();
    void refuse(const RequestRefusal& refusal) noexcept;

    const RequestLimits* limits_;
    HttpRequest request_;
    std::string authority_;  // of an absolute-form target
    LineReader lines_;
    Framing framing_;
    ChunkReader chunks_;
    RequestRefusal refusal_;
    std::size_t headBytes_ = 0;
    std::size_t fieldCount_ = 0;
    State state_ = State::more;
    Step step_ = Step::requestLine;
    bool hasBegun_ = false;
    bool hasSkippedBlank_ = false;
    bool isOld_ = false;
    bool awaitsContinue_ = false;
};

}  // namespace gatehouse
