// SPDX-License-Identifier: Apache-2.0
#include "ObjectFetcher.h"

#include "ObjectRefusal.h"
#include "json/Members.h"
#include "text/Contains.h"
#include "text/Lower.h"

#include <array>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::size_t longestUri = 512;  // RFC 9101 section 5.2
constexpr std::size_t longestObject = std::size_t{64} * 1024;

/// A fragment changes when the object does (OpenID Connect Core section 6.2): then what is
/// remembered of the address does not count.
OutgoingRequest requestFor(std::string_view uri) {
    const auto fragment = uri.find('#');
    OutgoingRequest request;
    request.url = uri.substr(0, fragment);
    request.headers = {{"Accept", "application/oauth-authz-req+jwt, application/jwt;q=0.9"}};
    if (fragment != std::string_view::npos) {
        request.headers.push_back({"Cache-Control", "no-cache"});
    }
    request.mostBytes = longestObject;
    return request;
}

/// What RFC 9101 section 5.2.3 asks for, and what servers of files make of it.
bool isObject(const OutgoingAnswer& answer) {
    constexpr std::array<std::string_view, 5> types{"application/oauth-authz-req+jwt",
                                                    "application/jwt", "application/jose",
                                                    "text/plain", "application/octet-stream"};
    const std::string_view given = answer.header("content-type");
    std::string type = lowered(given.substr(0, given.find(';')));
    type.erase(type.find_last_not_of(" \t") + 1);
    return contains(types, type);
}

}  // namespace

Result<std::string, OAuthError> ObjectFetcher::fetch(const Context& context, const Client& client,
                                                     std::string_view uri) const {
    if (uri.size() > longestUri || !contains(textsOf(client.metadata.find("request_uris")), uri)) {
        return invalidUri("it is not one of the client's request_uris");
    }
    const SiteTurns::Turn turn(turns_, uri);
    if (!turn.isOurs()) {
        return OAuthError::from(Error::unavailable(
            "too many request objects are fetched at once, or their site was slow of late"));
    }
    auto answer = calls_.send(turn.hurried(context), requestFor(uri));
    if (!answer) {
        return invalidUri(answer.error().detail);
    }
    if (answer->status != 200 || !isObject(*answer)) {
        return invalidUri("its server answers " + std::to_string(answer->status) + " with \"" +
                          std::string(answer->header("content-type").substr(0, 64)) + '"');
    }
    auto& text = answer->body;
    text.erase(text.find_last_not_of("\r\n") + 1);  // that of the file
    return std::move(text);
}

}  // namespace gatehouse
