// SPDX-License-Identifier: Apache-2.0
#include "http/HttpsRedirect.h"

#include "http/ResponseWriter.h"

#include <string>
#include <string_view>

namespace gatehouse {

namespace {

constexpr std::string_view https = "https://";

/// Browsers name it first when they open a page.
bool asksForPage(const HttpRequest& request) {
    return (request.method == "GET" || request.method == "HEAD") &&
           request.header("accept").find("text/html") != std::string_view::npos &&
           request.header("authorization").empty();
}

}  // namespace

HttpResponse httpsWanted(const HttpExchange& exchange) {
    const HttpRequest& request = exchange.request;
    const Issuer& issuer = *exchange.match.issuer;
    const bool isKnown = exchange.match.outcome == Router::Outcome::found &&
                         issuer.url.compare(0, https.size(), https) == 0;
    if (!isKnown || !asksForPage(request)) {
        return errorResponse(400, "https_required");
    }
    const std::string origin = issuer.url.substr(0, issuer.url.size() - issuer.path.size());
    const std::string query = request.query.empty() ? "" : "?" + request.query;
    HttpResponse response = errorResponse(308, "https_required");
    response.set("Location", origin + request.path + query);
    return response;
}

}  // namespace gatehouse
