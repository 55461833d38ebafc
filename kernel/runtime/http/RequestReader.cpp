// SPDX-License-Identifier: Apache-2.0
#include "http/RequestReader.h"

#include "http/HttpGrammar.h"
#include "http/RequestLine.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

std::size_t RequestReader::feed(std::string_view bytes) {
    std::size_t used = 0;
    while (used < bytes.size() && state_ == State::more) {
        hasBegun_ = true;
        used += feedStep(bytes.substr(used));
    }
    return used;
}

std::size_t RequestReader::feedStep(std::string_view bytes) {
    if (step_ == Step::sizedBody) {
        return feedSizedBody(bytes);
    }
    if (step_ == Step::chunkedBody) {
        return feedChunkedBody(bytes);
    }
    return feedLine(bytes);
}

std::size_t RequestReader::feedLine(std::string_view bytes) {
    const bool isFirst = step_ == Step::requestLine;
    const std::size_t limit = limits_->headBytes - headBytes_;
    std::size_t used = 0;
    std::string_view line;
    const auto outcome = lines_.read(bytes, limit, used, line);
    if (outcome == LineReader::Outcome::line) {
        headBytes_ += line.size() + 2;
        onLine(line);
    } else if (outcome == LineReader::Outcome::malformed) {
        refuse({400, "line does not end in CR LF"});
    } else if (outcome == LineReader::Outcome::tooLong) {
        refuse(isFirst ? RequestRefusal{414, "request line too long"}
                       : RequestRefusal{431, "header fields too large"});
    }
    return used;
}

void RequestReader::onLine(std::string_view line) {
    if (step_ == Step::requestLine) {
        onRequestLine(line);
    } else if (!line.empty()) {
        onField(line);
    } else if (step_ == Step::trailers) {
        state_ = State::ready;
    } else {
        onHeadEnd();
    }
}

void RequestReader::onRequestLine(std::string_view line) {
    if (line.empty() && !hasSkippedBlank_) {  // RFC 9112 section 2.2: one CR LF before it
        hasSkippedBlank_ = true;
        return;
    }
    RequestLine parts;
    const auto refusal = parts.read(line);
    if (refusal) {
        refuse(refusal);
        return;
    }
    request_.method = parts.method;
    request_.path = parts.path;
    request_.query = parts.query;
    request_.headers.reserve(12);
    authority_ = parts.authority;
    isOld_ = parts.isOld;
    step_ = Step::fields;
}

void RequestReader::onField(std::string_view line) {
    if (++fieldCount_ > limits_->fields) {
        refuse({431, "too many header fields"});
        return;
    }
    const auto colon = line.find(':');
    const std::string_view value =
        trimBlanks(colon == std::string_view::npos ? std::string_view{} : line.substr(colon + 1));
    Header field;
    if (colon == std::string_view::npos || !lowerToken(line.substr(0, colon), field.name) ||
        !isFieldValue(value)) {
        refuse({400, "malformed header field"});
        return;
    }
    if (step_ == Step::trailers) {
        return;
    }
    refuse(framing_.note(field.name, value));
    field.value = value;
    request_.headers.push_back(std::move(field));
}

void RequestReader::onHeadEnd() {
    if (!authority_.empty()) {
        useAuthority();
    }
    refuse(framing_.judge(isOld_, limits_->bodyBytes));
    if (state_ == State::refused) {
        return;
    }
    awaitsContinue_ = framing_.expectsContinue();
    if (!framing_.hasBody()) {
        state_ = State::ready;
    } else {
        step_ = framing_.isChunked() ? Step::chunkedBody : Step::sizedBody;
    }
}

/// RFC 9112 section 3.2.2: the authority of an absolute-form target replaces Host.
void RequestReader::useAuthority() {
    for (auto& field : request_.headers) {
        if (field.name == "host") {
            field.value = std::move(authority_);
            return;
        }
    }
    if (++fieldCount_ > limits_->fields) {
        refuse({431, "too many header fields"});
        return;
    }
    request_.headers.push_back({"host", std::move(authority_)});
}

std::size_t RequestReader::feedSizedBody(std::string_view bytes) {
    awaitsContinue_ = false;
    const std::size_t missing = framing_.contentLength() - request_.body.size();
    const std::size_t used = std::min(missing, bytes.size());
    request_.body.reserve(
        framing_.contentLength());  // growing step by step would take twice as much
    request_.body.append(bytes.substr(0, used));
    state_ = used == missing ? State::ready : State::more;
    return used;
}

std::size_t RequestReader::feedChunkedBody(std::string_view bytes) {
    awaitsContinue_ = false;
    const std::size_t used = chunks_.feed(bytes, lines_, limits_->bodyBytes, request_.body);
    refuse(chunks_.refusal());
    step_ = chunks_.isAtTrailers() ? Step::trailers : Step::chunkedBody;
    return used;
}

void RequestReader::refuse(const RequestRefusal& refusal) noexcept {
    if (refusal) {
        refusal_ = refusal;
        state_ = State::refused;
    }
}

bool RequestReader::takeContinue() noexcept {
    return state_ == State::more && std::exchange(awaitsContinue_, false);
}

HttpRequest RequestReader::take() {
    HttpRequest request = std::move(request_);
    lines_.release();  // assignment would keep its room
    *this = RequestReader(*limits_);
    return request;
}

}  // namespace gatehouse
