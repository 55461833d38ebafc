// SPDX-License-Identifier: Apache-2.0
#include "jose/KeySetFetcher.h"

#include "jose/KeySetText.h"
#include "text/MaxAge.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace gatehouse {

namespace {

constexpr seconds shortestLife{60};
constexpr seconds longestLife{86'400};
/// Of a set whose server says nothing of it.
constexpr seconds usualLife{600};

/// What is remembered is remembered here.
OutgoingRequest requestFor(const std::string& url) {
    OutgoingRequest request;
    request.url = url;
    request.headers = {{"Accept", "application/jwk-set+json, application/json;q=0.9"},
                       {"Cache-Control", "no-cache"}};
    request.mostBytes = longestKeySet;
    return request;
}

seconds lifeOf(const OutgoingAnswer& answer) {
    const auto said = maxAgeOf(answer.header("cache-control")).value_or(usualLife);
    return std::clamp(said, shortestLife, longestLife);
}

Error saidOf(const std::string& url, Error error) {
    error.fault = error.fault == Fault::notAllowed ? Fault::badInput : Fault::unavailable;
    error.detail = "the keys at " + url + ": " + error.detail;
    return error;
}

}  // namespace

Result<std::optional<FetchedKeySet>> KeySetFetcher::fetch(const Context& context,
                                                          const std::string& url) const {
    const SiteTurns::Turn turn(turns_, url);
    if (!turn.isOurs()) {
        return std::optional<FetchedKeySet>();
    }
    const auto answer = calls_.send(turn.hurried(context), requestFor(url));
    if (!answer) {
        return saidOf(url, answer.error());
    }
    if (answer->status != 200) {
        return saidOf(url,
                      Error::unavailable("its server answers " + std::to_string(answer->status)));
    }
    auto keys = readKeySet(answer->body);
    return keys ? Result<std::optional<FetchedKeySet>>(FetchedKeySet{
                      std::make_shared<const Value>(*std::move(keys)), lifeOf(*answer)})
                : saidOf(url, Error::notAllowed(keys.error().detail));
}

}  // namespace gatehouse
