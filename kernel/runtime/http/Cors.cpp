// SPDX-License-Identifier: Apache-2.0
#include "http/Cors.h"

#include "http/HttpGrammar.h"

namespace gatehouse {

namespace {

constexpr std::size_t mostNames = 64;

/// Fetch standard section 4.8: `*` would not mean Authorization, so each is named.
std::string allowedFields(std::string_view asked) {
    std::string allowed = "Authorization, Content-Type, DPoP";
    std::size_t count = 0;
    eachElement(asked, [&](std::string_view name) {
        if (isToken(name) && ++count <= mostNames) {
            allowed.append(", ").append(name);
        }
    });
    return allowed;
}

}  // namespace

HttpResponse preflightAnswer(const HttpRequest& request, const std::string& methods) {
    HttpResponse response;
    response.status = 204;
    response.set("Allow", methods);
    response.set("Access-Control-Allow-Methods", methods);
    response.set("Access-Control-Allow-Headers",
                 allowedFields(request.header("access-control-request-headers")));
    response.set("Access-Control-Max-Age", "7200");
    response.set("Vary", "Access-Control-Request-Headers");
    return response;
}

void openToAnyOrigin(HttpResponse& response) {
    response.set("Access-Control-Allow-Origin", "*");
    response.set("Access-Control-Expose-Headers", "DPoP-Nonce, Retry-After, WWW-Authenticate");
}

}  // namespace gatehouse
