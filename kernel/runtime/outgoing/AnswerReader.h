// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Outgoing.h>

#include "http/ChunkReader.h"
#include "http/LineReader.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace gatehouse {

/// Reads one answer (RFC 9112) strictly: what two readers could understand differently is an error,
/// and so is a body that ends before its time. Interim answers are passed over.
class AnswerReader {
public:
    explicit AnswerReader(std::size_t mostBytes) : mostBytes_(mostBytes) {}

    void feed(std::string_view bytes);
    /// The other side has closed in an orderly way.
    void end();

    bool isDone() const noexcept { return step_ == Step::done; }
    /// What is wrong with it; empty: nothing. Nothing more is read then.
    const std::string& problem() const noexcept { return problem_; }
    /// The connection can carry another request.
    bool keepsAlive() const noexcept { return isDone() && keepsAlive_ && !hasMore_; }
    bool hasBegun() const noexcept { return hasBegun_; }
    OutgoingAnswer take() { return std::move(answer_); }

private:
    enum class Step { status, fields, length, chunks, trailers, close, done };

    std::size_t readBody(std::string_view bytes);
    std::size_t readLine(std::string_view bytes);
    void onLine(std::string_view line);
    void onStatus(std::string_view line);
    void onField(std::string_view line);
    void onHeadEnd();
    void beginAgain();
    void noteLength(std::string_view value);
    void append(std::string_view bytes);
    void refuse(const char* why) { problem_ = why; }

    const std::size_t mostBytes_;
    Step step_ = Step::status;
    std::string problem_;
    OutgoingAnswer answer_;
    LineReader lines_;
    ChunkReader chunks_;
    std::size_t headBytes_ = 0;
    std::size_t remaining_ = 0;
    bool hasLength_ = false;
    bool isChunked_ = false;
    bool isOld_ = false;
    bool keepsAlive_ = true;
    bool hasMore_ = false;
    bool hasBegun_ = false;
};

}  // namespace gatehouse
