// SPDX-License-Identifier: Apache-2.0
#include "outgoing/AnswerReader.h"

#include "http/HttpGrammar.h"

#include <algorithm>
#include <charconv>

namespace gatehouse {
namespace {

constexpr std::size_t mostHeadBytes = 32'768;  // of all heads of one answer
constexpr std::size_t mostFields = 100;
constexpr int firstFinal = 200;
constexpr int noContent = 204;
constexpr int notModified = 304;

}  // namespace

void AnswerReader::feed(std::string_view bytes) {
    hasBegun_ = hasBegun_ || !bytes.empty();
    while (!bytes.empty() && problem_.empty() && !isDone()) {
        const bool isBody = step_ == Step::length || step_ == Step::chunks || step_ == Step::close;
        bytes.remove_prefix(isBody ? readBody(bytes) : readLine(bytes));
    }
    hasMore_ = !bytes.empty();
}

void AnswerReader::end() {
    if (isDone() || !problem_.empty()) {
        return;
    }
    if (step_ == Step::close) {
        step_ = Step::done;
    } else {
        refuse("the connection was closed before the answer was whole");
    }
}

std::size_t AnswerReader::readBody(std::string_view bytes) {
    if (step_ == Step::chunks) {
        const auto used = chunks_.feed(bytes, lines_, mostBytes_, answer_.body);
        problem_ = chunks_.refusal() ? chunks_.refusal().reason : "";
        step_ = chunks_.isAtTrailers() ? Step::trailers : step_;
        return used;
    }
    const auto used = step_ == Step::close ? bytes.size() : std::min(remaining_, bytes.size());
    append(bytes.substr(0, used));
    remaining_ -= step_ == Step::close ? 0 : used;
    step_ = step_ == Step::length && remaining_ == 0 ? Step::done : step_;
    return used;
}

void AnswerReader::append(std::string_view bytes) {
    if (bytes.size() > mostBytes_ - answer_.body.size()) {
        return refuse("body too large");
    }
    answer_.body.append(bytes);
}

std::size_t AnswerReader::readLine(std::string_view bytes) {
    std::size_t used = 0;
    std::string_view line;
    const auto outcome = lines_.read(bytes, mostHeadBytes - headBytes_, used, line);
    if (outcome == LineReader::Outcome::line) {
        headBytes_ += line.size() + 2;
        onLine(line);
    } else if (outcome != LineReader::Outcome::more) {
        refuse(outcome == LineReader::Outcome::tooLong ? "head too large" : "malformed line");
    }
    return used;
}

void AnswerReader::onLine(std::string_view line) {
    if (step_ == Step::status) {
        onStatus(line);
    } else if (step_ == Step::trailers) {
        step_ = line.empty() ? Step::done : step_;
    } else if (line.empty()) {
        onHeadEnd();
    } else {
        onField(line);
    }
}

/// "HTTP/1.1 200 OK"
void AnswerReader::onStatus(std::string_view line) {
    constexpr std::size_t least = 12;
    const std::string_view version = line.substr(0, std::min<std::size_t>(line.size(), 9));
    isOld_ = version == "HTTP/1.0 ";
    const bool isKnown = isOld_ || version == "HTTP/1.1 ";
    const auto digits = line.substr(std::min<std::size_t>(line.size(), 9), 3);
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), answer_.status);
    if (!isKnown || line.size() < least || (line.size() > least && line[least] != ' ') ||
        read.ec != std::errc() || read.ptr != digits.data() + 3 || answer_.status < 100 ||
        answer_.status > 599) {  // RFC 9110 section 15
        return refuse("no HTTP/1.1 status line");
    }
    keepsAlive_ = !isOld_;
    step_ = Step::fields;
}

void AnswerReader::onField(std::string_view line) {
    const auto colon = line.find(':');
    std::string name;
    const bool isName = colon != std::string_view::npos && lowerToken(line.substr(0, colon), name);
    const auto value = isName ? trimBlanks(line.substr(colon + 1)) : std::string_view{};
    if (!isName || !isFieldValue(value) || answer_.headers.size() == mostFields) {
        return refuse("malformed header field, or too many of them");
    }
    if (name == "content-length") {
        noteLength(value);
    } else if (name == "transfer-encoding") {
        if (isChunked_ || isOld_ || !equalsIgnoringCase(value, "chunked")) {
            return refuse("a transfer coding that is not just chunked");
        }
        isChunked_ = true;
    } else if (name == "connection") {
        eachElement(value, [&](std::string_view option) {
            keepsAlive_ = keepsAlive_ && !equalsIgnoringCase(option, "close");
        });
    }
    answer_.headers.push_back({std::move(name), std::string(value)});
}

void AnswerReader::noteLength(std::string_view value) {
    const auto read = std::from_chars(value.data(), value.data() + value.size(), remaining_);
    const bool isNumber = read.ec == std::errc() && read.ptr == value.data() + value.size();
    if (hasLength_ || !isNumber || value.empty()) {
        return refuse("content length that is no number, or stands twice");
    }
    hasLength_ = true;
}

void AnswerReader::onHeadEnd() {
    if (hasLength_ && isChunked_) {
        return refuse("content length beside chunks");
    }
    if (answer_.status < firstFinal) {
        return beginAgain();
    }
    if (answer_.status == noContent || answer_.status == notModified) {
        step_ = Step::done;
    } else if (isChunked_) {
        step_ = Step::chunks;
    } else if (!hasLength_) {
        keepsAlive_ = false;
        step_ = Step::close;
    } else if (remaining_ > mostBytes_) {
        refuse("body too large");
    } else {
        step_ = remaining_ == 0 ? Step::done : Step::length;
    }
}

/// After an interim answer (RFC 9110 section 15.2) the other one comes.
void AnswerReader::beginAgain() {
    const bool isOther = answer_.status == 101;
    answer_ = {};
    hasLength_ = isChunked_ = false;
    step_ = Step::status;
    if (isOther) {
        refuse("another protocol, which nobody asked for");
    }
}

}  // namespace gatehouse
