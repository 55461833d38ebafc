// SPDX-License-Identifier: Apache-2.0
#include "http/RequestPipeline.h"

#include "http/Cors.h"
#include "http/RequestId.h"
#include "http/ResponseWriter.h"

#include <algorithm>
#include <exception>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::size_t longestLoggedPath = 256;

HttpResponse wrongMethod(const std::string& methods) {
    HttpResponse response = errorResponse(405, "method_not_allowed");
    response.set("Allow", methods);
    return response;
}

HttpResponse answer(const HttpExchange& exchange) {
    const auto& match = exchange.match;
    switch (match.outcome) {
    case Router::Outcome::found:
        if (match.needsLoading && !exchange.router->load(exchange.context())) {
            return RequestPipeline::turnAway(exchange);
        }
        return match.entry->route.handler(exchange.context(), exchange.request);
    case Router::Outcome::preflight: return preflightAnswer(exchange.request, match.allow);
    case Router::Outcome::wrongMethod: return wrongMethod(match.allow);
    case Router::Outcome::unknownPath: break;
    }
    return errorResponse(404, "not_found");
}

/// Values of "{name}" segments may be handles, so only the pattern is shown.
std::string loggedPath(const HttpExchange& exchange) {
    if (exchange.request.parameters.empty()) {
        return exchange.request.path.substr(0, longestLoggedPath);
    }
    return exchange.match.issuer->path + std::string(exchange.match.pattern);
}

std::string routeOf(const HttpExchange& exchange) {
    return exchange.match.entry == nullptr ? "none" : exchange.match.entry->route.path;
}

std::chrono::microseconds elapsed(const HttpExchange& exchange) {
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() -
                                                                 exchange.begun);
}

const char* codeOf(int status) {
    switch (status) {
    case 408: return "request_timeout";
    case 413: return "content_too_large";
    case 414: return "uri_too_long";
    case 415: return "unsupported_media_type";
    case 417: return "expectation_failed";
    case 431: return "header_fields_too_large";
    case 501: return "not_implemented";
    case 505: return "version_not_supported";
    default: return "bad_request";
    }
}

}  // namespace

RequestPipeline::RequestPipeline(const ListenerSettings& settings, ProxyTrust trust, Log& log,
                                 Metrics& metrics, Clock& clock)
    : trust_(std::move(trust)), answerTimeout_(settings.answerTimeout),
      strictTransport_(settings.strictTransport.count() > 0
                           ? "max-age=" + std::to_string(settings.strictTransport.count())
                           : ""),
      log_(log), clock_(clock), unrouted_(metrics, "none", "any") {}

void RequestPipeline::admit(HttpExchange& exchange, bool isFromProxy) const {
    HttpRequest& request = exchange.request;
    if (isFromProxy) {
        trust_.apply(request);
    }
    if (request.requestId.empty()) {
        request.requestId = makeRequestId();
    }
    const std::string_view parent = request.header("traceparent");
    if (!parent.empty() && isTraceParent(parent)) {
        request.traceParent = parent;
    }
    exchange.arrived = clock_.steady();
    exchange.deadline = exchange.arrived + answerTimeout_;
    exchange.match = exchange.router->find(request.method, request.header("host"), request.path);
    request.parameters = std::move(exchange.match.parameters);
}

HttpResponse RequestPipeline::handle(const HttpExchange& exchange) const noexcept {
    std::string what = "unknown exception";
    try {
        return answer(exchange);
    } catch (const std::exception& error) {
        what = error.what();
    } catch (...) {
    }
    log_.write(exchange.context(), Level::error, "request failed: " + what,
               {{"route", routeOf(exchange)}});
    return errorResponse(500, "server_error");
}

/// What is open to scripts is no page.
HttpResponse RequestPipeline::turnAway(const HttpExchange& exchange) {
    const auto accepted = exchange.request.header("accept");
    const bool isPage =
        !exchange.match.isOpen && accepted.find("text/html") != std::string_view::npos;
    return isPage ? unavailablePage() : unavailableResponse();
}

void RequestPipeline::finish(HttpExchange& exchange, HttpResponse response,
                             std::string& out) const noexcept {
    if (!isWritable(response)) {
        log_.write(exchange.context(), Level::error,
                   "answer not sent: its status or a field is malformed",
                   {{"route", routeOf(exchange)}});
        response = errorResponse(500, "server_error");
    }
    if (exchange.match.isOpen) {
        openToAnyOrigin(response);
    }
    exchange.keepsAlive = exchange.keepsAlive && !isDraining();
    AnswerFrame frame;
    frame.requestId = exchange.request.requestId;
    frame.now = clock_.now();
    frame.strictTransport = exchange.request.isSecure ? strictTransport_ : std::string_view{};
    frame.isHead = exchange.request.method == "HEAD";
    frame.isOld = exchange.isOld;
    frame.keepsAlive = exchange.keepsAlive;
    const std::size_t before = out.size();
    appendAnswer(out, response, frame);
    account(exchange, response.status, out.size() - before);
}

void RequestPipeline::account(const HttpExchange& exchange, int status, std::size_t bytes) const {
    const auto took = elapsed(exchange);
    const RouteMeter& meter =
        exchange.match.entry == nullptr ? unrouted_ : exchange.match.entry->meter;
    meter.record(status, static_cast<double>(took.count()) / 1e6);
    if (!log_.shows(Level::info)) {
        return;
    }
    const auto& match = exchange.match;
    const IssuerId issuer =
        match.outcome == Router::Outcome::unknownPath ? IssuerId{0} : match.issuer->id;
    ValueMap fields;
    fields.reserve(8);
    fields.set("issuer", std::int64_t{issuer});
    fields.set("method", exchange.request.method);
    fields.set("route", routeOf(exchange));
    fields.set("path", loggedPath(exchange));
    fields.set("status", status);
    fields.set("duration_us", std::int64_t{took.count()});
    fields.set("bytes", static_cast<std::int64_t>(bytes));
    fields.set("client", exchange.request.remoteAddress);
    log_.write(exchange.context(), Level::info, "request", fields);
}

void RequestPipeline::refuse(const RequestRefusal& refusal, const Asked& asked,
                             std::string& out) const {
    const std::string id = makeRequestId();
    AnswerFrame frame;
    frame.requestId = id;
    frame.now = clock_.now();
    auto response = refusal.status == 503 ? unavailableResponse()
                                          : errorResponse(refusal.status, codeOf(refusal.status));
    const std::string_view path = asked.part.path.empty() ? "/" : std::string_view(asked.part.path);
    if (asked.router.find(asked.part.method, asked.part.header("host"), path).isOpen) {
        openToAnyOrigin(response);
    }
    appendAnswer(out, response, frame);
    unrouted_.record(refusal.status, 0);
    if (log_.shows(Level::info)) {
        const Issuer unknown;
        log_.write({unknown, id, {}, {}}, Level::info,
                   std::string("request refused: ") + refusal.reason,
                   {{"status", refusal.status}, {"client", asked.peer}});
    }
}

}  // namespace gatehouse
