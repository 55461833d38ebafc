// SPDX-License-Identifier: Apache-2.0
// Bytes of a connection: whatever they are and however they are cut, the same requests come out,
// each of them framed by one rule only.
#include "Fuzz.h"
#include "http/HttpGrammar.h"
#include "http/RequestReader.h"

#include <algorithm>
#include <string>
#include <vector>

namespace gatehouse::fuzz {

namespace {

/// Small, so that inputs reach them.
RequestLimits smallLimits() {
    RequestLimits small;
    small.headBytes = 768;
    small.fields = 12;
    small.bodyBytes = 300;
    return small;
}

const RequestLimits limits = smallLimits();

struct Conversation {
    std::vector<HttpRequest> requests;
    RequestReader::State end = RequestReader::State::more;
    int status = 0;
    std::string reason;
    std::size_t taken = 0;  ///< bytes of whole requests
};

std::size_t countOf(const HttpRequest& request, std::string_view name) {
    return static_cast<std::size_t>(
        std::count_if(request.headers.begin(), request.headers.end(),
                      [&](const Header& field) { return field.name == name; }));
}

bool isClean(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
    });
}

void checkFields(const HttpRequest& request) {
    ensure(request.headers.size() <= limits.fields, "no more fields than the limit");
    for (const auto& field : request.headers) {
        std::string lower;
        ensure(lowerToken(field.name, lower) && lower == field.name,
               "a field name is a lower-case token");
        ensure(isClean(field.value), "no control characters in a value");
        ensure(trimBlanks(field.value) == field.value, "no blanks around a value");
    }
}

void checkTarget(const HttpRequest& request, bool isOld) {
    const auto hosts = countOf(request, "host");
    ensure(hosts == 1 || (hosts == 0 && isOld), "a request has exactly one Host");
    const auto host = request.header("host");
    ensure(hosts == 0 || (!host.empty() && host.find_first_of("@/?# \t") == std::string::npos),
           "Host is a host and a port");
    ensure(isToken(request.method), "the method is a token");
    ensure(request.path.front() == '/', "the path begins with a slash");
    ensure(isVisible(request.path) && isVisible(request.query) &&
               request.path.find('?') == std::string::npos,
           "path and query are visible characters");
}

void checkBody(const HttpRequest& request) {
    const auto codings = countOf(request, "transfer-encoding");
    const auto lengths = countOf(request, "content-length");
    ensure(request.body.size() <= limits.bodyBytes, "no larger body than the limit");
    ensure(codings + lengths <= 1, "one framing of the body");
    ensure(codings == 0 || equalsIgnoringCase(request.header("transfer-encoding"), "chunked"),
           "the only coding is chunked");
    ensure(lengths == 0 ||
               std::stoul(std::string(request.header("content-length"))) == request.body.size(),
           "the body is as long as Content-Length says");
    ensure(codings + lengths == 1 || request.body.empty(), "no body without framing");
}

/// Feeds `portion` bytes at a time.
Conversation converse(std::string_view input, std::size_t portion) {
    RequestReader reader(limits);
    Conversation talk;
    std::size_t at = 0;
    while (at < input.size() && reader.state() == RequestReader::State::more) {
        const auto bytes = input.substr(at, portion);
        const auto used = reader.feed(bytes);
        ensure(used > 0 && used <= bytes.size(), "reading goes on");
        at += used;
        ensure(reader.state() != RequestReader::State::more || used == bytes.size(),
               "a reader that wants more has taken all");
        if (reader.state() == RequestReader::State::ready) {
            const bool isOld = reader.isOld();
            talk.requests.push_back(reader.take());
            talk.taken = at;
            checkFields(talk.requests.back());
            checkTarget(talk.requests.back(), isOld);
            checkBody(talk.requests.back());
        }
    }
    talk.end = reader.state();
    talk.status = reader.refusal().status;
    talk.reason = reader.refusal().reason;
    ensure((talk.end == RequestReader::State::refused) == (talk.status >= 400),
           "a refusal has a status");
    return talk;
}

bool isSame(const HttpRequest& left, const HttpRequest& right) {
    return left.method == right.method && left.path == right.path && left.query == right.query &&
           left.body == right.body &&
           std::equal(left.headers.begin(), left.headers.end(), right.headers.begin(),
                      right.headers.end(), [](const Header& one, const Header& other) {
                          return one.name == other.name && one.value == other.value;
                      });
}

bool isSame(const Conversation& left, const Conversation& right) {
    return left.end == right.end && left.status == right.status && left.reason == right.reason &&
           left.taken == right.taken &&
           std::equal(left.requests.begin(), left.requests.end(), right.requests.begin(),
                      right.requests.end(), [](const HttpRequest& one, const HttpRequest& other) {
                          return isSame(one, other);
                      });
}

}  // namespace

void run(std::string_view input) {
    const auto atOnce = converse(input, std::max(input.size(), std::size_t{1}));
    ensure(isSame(atOnce, converse(input, 1)), "byte by byte is the same as at once");
    ensure(isSame(atOnce, converse(input, 2 + input.size() % 13)),
           "in portions is the same as at once");
}

}  // namespace gatehouse::fuzz
