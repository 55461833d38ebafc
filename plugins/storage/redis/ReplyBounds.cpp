// SPDX-License-Identifier: Apache-2.0
#include "ReplyBounds.h"

#include "RedisFailure.h"

#include <algorithm>
#include <charconv>

namespace gatehouse {
namespace {

constexpr std::size_t longestLine = 4096;
constexpr std::size_t lineEnd = 2;
constexpr std::int64_t none = -1;
/// What Poco::Redis takes for the smallest reply.
constexpr std::size_t itemCost = 128;

[[noreturn]] void refuse(const char* why) {
    throw RedisFailure(RedisFailure::Cause::away, std::string("not an answer of Redis: ") + why);
}

std::int64_t numberIn(std::string_view digits) {
    std::int64_t number = 0;
    const char* end = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), end, number);
    if (read.ec != std::errc{} || read.ptr != end) {
        refuse("a number is wanted");
    }
    return number;
}

}  // namespace

void ReplyBounds::pass(std::string_view arrived) {
    while (!arrived.empty()) {
        arrived.remove_prefix(text_ > 0 ? passText(arrived) : passLine(arrived));
    }
}

std::size_t ReplyBounds::passText(std::string_view arrived) {
    if (text_ > lineEnd) {
        const auto size = std::min(text_ - lineEnd, arrived.size());
        text_ -= size;
        return size;
    }
    if (arrived.front() != (text_ == lineEnd ? '\r' : '\n')) {
        refuse("a text is longer than announced");
    }
    if (--text_ == 0) {
        end();
    }
    return 1;
}

std::size_t ReplyBounds::passLine(std::string_view arrived) {
    const auto end = arrived.find('\n');
    line_ += arrived.substr(0, end);
    if (line_.size() > longestLine) {
        refuse("a line is too long");
    }
    if (end == std::string_view::npos) {
        return arrived.size();
    }
    if (line_.empty() || line_.back() != '\r') {
        refuse("a line is malformed");
    }
    line_.pop_back();
    head(line_);
    line_.clear();
    return end + 1;
}

void ReplyBounds::head(std::string_view line) {
    charge(itemCost + line.size());
    const auto rest = line.substr(std::min<std::size_t>(1, line.size()));
    switch (line.empty() ? '\0' : line.front()) {
    case ':': numberIn(rest); [[fallthrough]];
    case '+':
    case '-': return end();
    case '$': return beginText(numberIn(rest));
    case '*': return beginList(numberIn(rest));
    default: refuse("unknown type");
    }
}

void ReplyBounds::beginText(std::int64_t length) {
    if (length == none) {
        return end();
    }
    if (length < 0 || static_cast<std::uint64_t>(length) > longestText) {
        refuse("too long");
    }
    charge(static_cast<std::size_t>(length));
    text_ = static_cast<std::size_t>(length) + lineEnd;
}

void ReplyBounds::beginList(std::int64_t length) {
    if (length == none || length == 0) {
        return end();
    }
    if (length < 0 || lists_.size() >= deepest) {
        refuse("a list that cannot be");
    }
    lists_.push_back(length);
}

/// With the last item of a list the list ends, which may be the last item of another.
void ReplyBounds::end() {
    while (!lists_.empty() && --lists_.back() == 0) {
        lists_.pop_back();
    }
    if (lists_.empty()) {
        left_ = mostBytes;
    }
}

void ReplyBounds::charge(std::size_t bytes) {
    if (bytes > left_) {
        refuse("too long");
    }
    left_ -= bytes;
}

}  // namespace gatehouse
