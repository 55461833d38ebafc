// SPDX-License-Identifier: Apache-2.0
#include "BasicCredentials.h"

#include "text/Base64.h"
#include "text/FormText.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

bool isBasic(std::string_view scheme) {
    constexpr std::string_view basic = "basic";
    return std::equal(scheme.begin(), scheme.end(), basic.begin(), basic.end(),
                      [](char left, char right) { return (left | 0x20) == right; });
}

BasicCredentials malformed(std::string why) {
    BasicCredentials credentials;
    credentials.malformed = std::move(why);
    return credentials;
}

}  // namespace

std::optional<BasicCredentials> readBasic(std::string_view authorization) {
    const auto space = authorization.find(' ');
    if (!isBasic(authorization.substr(0, space))) {
        return std::nullopt;
    }
    const auto start = authorization.find_first_not_of(' ', std::min(space, authorization.size()));
    if (start == std::string_view::npos) {
        return malformed("the Basic header holds no credentials");
    }
    const auto plain = fromBase64(authorization.substr(start));
    if (!plain) {
        return malformed("the Basic header is not base64");
    }
    const auto colon = plain->find(':');
    if (colon == std::string::npos) {
        return malformed("the Basic header holds no colon between id and secret");
    }
    auto id = formDecode(std::string_view(*plain).substr(0, colon));
    const auto secret = formDecode(std::string_view(*plain).substr(colon + 1));
    if (!id || !secret) {
        return malformed("id or secret in the Basic header is not form-encoded "
                         "(RFC 6749 section 2.3.1)");
    }
    if (id->empty()) {
        return malformed("the id in the Basic header is empty");
    }
    return BasicCredentials{*std::move(id), Secret(*secret), {}};
}

}  // namespace gatehouse
