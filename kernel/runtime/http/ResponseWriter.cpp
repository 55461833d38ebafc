// SPDX-License-Identifier: Apache-2.0
#include "http/ResponseWriter.h"

#include "http/HttpGrammar.h"

#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeFormatter.h>
#include <Poco/Timestamp.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace gatehouse {

namespace {

struct Reason {
    int status;
    std::string_view text;
};

constexpr std::array<Reason, 30> reasons{{
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {505, "HTTP Version Not Supported"},
}};

std::string_view reasonOf(int status) noexcept {
    const auto* found = std::find_if(std::begin(reasons), std::end(reasons),
                                     [&](const Reason& reason) { return reason.status == status; });
    return found == std::end(reasons) ? std::string_view{} : found->text;
}

constexpr std::array<std::string_view, 10> ownFields{"content-length", "date",
                                                     "connection",     "transfer-encoding",
                                                     "keep-alive",     "strict-transport-security",
                                                     "x-request-id",   "upgrade",
                                                     "trailer",        "x-content-type-options"};

bool isOwn(std::string_view name) noexcept {
    return std::any_of(std::begin(ownFields), std::end(ownFields),
                       [&](std::string_view own) { return equalsIgnoringCase(name, own); });
}

/// RFC 9110 section 5.6.7; made once a second.
std::string_view dateText(TimePoint now) {
    thread_local std::int64_t second = -1;
    thread_local std::string text;
    if (second != toSeconds(now)) {
        second = toSeconds(now);
        text = Poco::DateTimeFormatter::format(Poco::Timestamp(second * 1'000'000),
                                               Poco::DateTimeFormat::HTTP_FORMAT);
    }
    return text;
}

void appendNumber(std::string& out, std::size_t number) {
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    out.append(digits.data(), end.ptr);
}

void appendField(std::string& out, std::string_view name, std::string_view value) {
    out.append(name).append(": ").append(value).append("\r\n");
}

std::size_t roomFor(const HttpResponse& response) noexcept {
    std::size_t room = 256 + response.body.size();
    for (const auto& field : response.headers) {
        room += field.name.size() + field.value.size() + 4;
    }
    return room;
}

}  // namespace

bool isWritable(const HttpResponse& response) noexcept {
    return response.status >= 200 && response.status <= 599 &&
           std::all_of(response.headers.begin(), response.headers.end(), [](const Header& field) {
               return isToken(field.name) && isFieldValue(field.value);
           });
}

void appendAnswer(std::string& out, const HttpResponse& response, const AnswerFrame& frame) {
    const bool mayHaveBody = response.status != 204 && response.status != 304;
    out.reserve(out.size() + roomFor(response));
    out.append("HTTP/1.1 ");
    appendNumber(out, static_cast<std::size_t>(response.status));
    out.append(" ").append(reasonOf(response.status)).append("\r\n");
    appendField(out, "Date", dateText(frame.now));
    for (const auto& field : response.headers) {
        if (!isOwn(field.name)) {
            appendField(out, field.name, field.value);
        }
    }
    if (mayHaveBody) {
        out.append("Content-Length: ");
        appendNumber(out, response.body.size());
        out.append("\r\n");
    }
    if (!frame.requestId.empty()) {
        appendField(out, "X-Request-Id", frame.requestId);
    }
    appendField(out, "X-Content-Type-Options", "nosniff");
    if (!frame.strictTransport.empty()) {
        appendField(out, "Strict-Transport-Security", frame.strictTransport);
    }
    if (!frame.keepsAlive) {
        appendField(out, "Connection", "close");
    } else if (frame.isOld) {
        appendField(out, "Connection", "keep-alive");
    }
    out.append("\r\n");
    if (mayHaveBody && !frame.isHead) {
        out.append(response.body);
    }
}

HttpResponse errorResponse(int status, std::string_view code) {
    HttpResponse response;
    response.status = status;
    response.set("Content-Type", "application/json");
    response.set("Cache-Control", "no-store");
    response.body.append(R"({"error":")").append(code).append(R"("})");
    return response;
}

HttpResponse unavailableResponse() {
    HttpResponse response = errorResponse(503, "temporarily_unavailable");
    response.set("Retry-After", "1");
    return response;
}

HttpResponse unavailablePage() {
    HttpResponse response;
    response.status = 503;
    response.set("Retry-After", "1");
    response.set("Cache-Control", "no-store");
    response.set("Content-Type", "text/html; charset=utf-8");
    response.set("Content-Security-Policy",
                 "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
    response.body = R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>One moment, please</title>
<style>
:root { color-scheme: light dark }
body { margin: 20vh auto; max-width: 28rem; padding: 0 1.5rem; font: 1rem/1.5 system-ui, sans-serif }
</style>
</head>
<body>
<main>
<h1>One moment, please</h1>
<p role="alert">Too many people are here at once. Please try again in a few seconds: reload this page.</p>
</main>
</body>
</html>
)";
    return response;
}

}  // namespace gatehouse
