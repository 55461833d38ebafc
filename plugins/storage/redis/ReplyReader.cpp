// SPDX-License-Identifier: Apache-2.0
#include "ReplyReader.h"

#include "RedisFailure.h"

#include <algorithm>
#include <charconv>

namespace gatehouse {
namespace {

constexpr std::size_t longestLine = 4096;
constexpr std::int64_t none = -1;

[[noreturn]] void refuse(const char* why) {
    throw RedisFailure(RedisFailure::Cause::away, std::string("not an answer of Redis: ") + why);
}

std::int64_t numberOf(std::string_view digits) {
    std::int64_t number = 0;
    const char* end = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), end, number);
    if (read.ec != std::errc{} || read.ptr != end) {
        refuse("a number is wanted");
    }
    return number;
}

Reply textual(Reply::Type type, std::string_view text) {
    Reply reply;
    reply.type = type;
    reply.text = text;
    return reply;
}

Reply numeric(std::int64_t number) {
    Reply reply;
    reply.type = Reply::Type::number;
    reply.number = number;
    return reply;
}

}  // namespace

Reply ReplyReader::read() {
    left_ = mostBytes;
    return item(0);
}

Reply ReplyReader::item(std::size_t depth) {
    charge(sizeof(Reply));
    const std::string first = line();
    const auto rest = std::string_view(first).substr(std::min<std::size_t>(1, first.size()));
    switch (first.empty() ? '\0' : first.front()) {
    case '+': return textual(Reply::Type::text, rest);
    case '-': return textual(Reply::Type::error, rest);
    case ':': return numeric(numberOf(rest));
    case '$': return bulk(numberOf(rest));
    case '*': return list(numberOf(rest), depth);
    default: refuse("unknown type");
    }
}

Reply ReplyReader::bulk(std::int64_t length) {
    if (length == none) {
        return {};
    }
    if (length < 0 || static_cast<std::uint64_t>(length) > left_) {
        refuse("too long");
    }
    charge(static_cast<std::size_t>(length));
    Reply reply = textual(Reply::Type::text, {});
    for (auto wanted = static_cast<std::size_t>(length); wanted > 0;) {
        fill();
        const auto part = unread_.substr(0, wanted);
        reply.text += part;
        wanted -= part.size();
        unread_.remove_prefix(part.size());
    }
    if (!line().empty()) {
        refuse("a text is longer than announced");
    }
    return reply;
}

Reply ReplyReader::list(std::int64_t length, std::size_t depth) {
    if (length == none) {
        return {};
    }
    if (length < 0 || depth >= deepest) {
        refuse("a list that cannot be");
    }
    Reply reply;
    reply.type = Reply::Type::list;
    for (std::int64_t number = 0; number < length; ++number) {
        reply.items.push_back(item(depth + 1));
    }
    return reply;
}

/// Up to the next CR LF, which is taken off.
std::string ReplyReader::line() {
    std::string text;
    while (text.size() <= longestLine) {
        fill();
        const auto end = unread_.find('\n');
        const bool isWhole = end != std::string_view::npos;
        text += unread_.substr(0, isWhole ? end : unread_.size());
        unread_.remove_prefix(isWhole ? end + 1 : unread_.size());
        if (!isWhole) {
            continue;
        }
        if (text.empty() || text.back() != '\r' || text.size() > longestLine) {
            break;
        }
        text.pop_back();
        charge(text.size());
        return text;
    }
    refuse("a line is malformed");
}

/// Makes sure that there is something to read.
void ReplyReader::fill() {
    if (unread_.empty()) {
        unread_ = {buffer_.data(), source_(buffer_.data(), buffer_.size())};
    }
}

void ReplyReader::charge(std::size_t bytes) {
    if (bytes > left_) {
        refuse("too long");
    }
    left_ -= bytes;
}

}  // namespace gatehouse
