// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Http.h>
#include <gatehouse/Time.h>

#include <string>
#include <string_view>

namespace gatehouse {

/// What an answer needs to know of its request.
struct AnswerFrame {
    std::string_view requestId;
    TimePoint now;
    std::string_view strictTransport;  ///< Strict-Transport-Security; empty: none
    bool isHead = false;  ///< no body, whatever the response holds
    bool isOld = false;  ///< HTTP/1.0
    bool keepsAlive = false;
};

/// False for a status or a field that must not be written: response splitting.
bool isWritable(const HttpResponse& response) noexcept;
/// Appends the answer's bytes. Content-Length, Date, Connection, X-Request-Id,
/// X-Content-Type-Options, Strict-Transport-Security and framing fields in `response` are left out:
/// they are written here.
void appendAnswer(std::string& out, const HttpResponse& response, const AnswerFrame& frame);
/// An error as a small JSON object, not to be cached.
HttpResponse errorResponse(int status, std::string_view code);
/// 503: come again in a moment.
HttpResponse unavailableResponse();
/// The same for a person, who sees a page of its own: that of a server has to be made by a worker.
HttpResponse unavailablePage();

}  // namespace gatehouse
