// SPDX-License-Identifier: Apache-2.0
#include "AssertionClaims.h"

#include <algorithm>

namespace gatehouse {

namespace {

constexpr std::size_t longestId = 255;

/// Is this the URL that was called, by either of the issuer's hosts?
bool isCalled(std::string_view url, const Issuer& issuer, std::string_view endpoint) {
    const auto isAt = [&](std::string_view origin) {
        return !origin.empty() && url.substr(0, origin.size()) == origin &&
               url.substr(origin.size()) == endpoint;
    };
    return isAt(issuer.origin()) || isAt(issuer.mtlsUrl);
}

}  // namespace

std::string AssertionClaims::problem(const Issuer& issuer, std::string_view endpoint,
                                     std::string_view clientId, TimePoint now) const {
    if (claims_.text("iss") != clientId) {
        return "iss of the assertion is not the client's id";
    }
    if (claims_.text("sub") != clientId) {
        return "sub of the assertion is not the client's id";
    }
    auto found = audienceProblem(issuer, endpoint);
    if (found.empty()) {
        found = times_.problem(now);
    }
    if (found.empty() && (id().empty() || id().size() > longestId)) {
        found = "the assertion has no jti of 1 to 255 bytes";
    }
    return found;
}

/// Whoever else is named could use the assertion here, or had it made to be used here: so nobody
/// else may be (draft-ietf-oauth-rfc7523bis section 4).
std::string AssertionClaims::audienceProblem(const Issuer& issuer,
                                             std::string_view endpoint) const {
    const auto isUs = [&issuer, endpoint](const Value& value) {
        return value.text() != nullptr &&
               (*value.text() == issuer.url || isCalled(*value.text(), issuer, endpoint));
    };
    const Value* audience = claims_.find("aud");
    if (audience == nullptr) {
        return "the assertion has no aud";
    }
    if (endpoint.empty()) {
        return *audience == Value(issuer.url)
                   ? std::string{}
                   : "aud of the assertion is not the issuer alone, as one text";
    }
    const ValueList* list = audience->list();
    const bool holds = list != nullptr
                           ? !list->empty() && std::all_of(list->begin(), list->end(), isUs)
                           : isUs(*audience);
    return holds ? std::string{}
                 : "aud of the assertion is not the issuer or the URL of this endpoint alone";
}

}  // namespace gatehouse
