// SPDX-License-Identifier: Apache-2.0
#include "jose/Jwk.h"

#include "crypto/Digest.h"
#include "json/JsonWriter.h"
#include "text/Base64Url.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace gatehouse {

namespace {

/// The required public members in lexicographic order (RFC 7638 section 3.2).
std::vector<std::string_view> requiredMembers(std::string_view type) {
    if (type == "RSA") {
        return {"e", "kty", "n"};
    }
    if (type == "EC") {
        return {"crv", "kty", "x", "y"};
    }
    if (type == "OKP") {
        return {"crv", "kty", "x"};
    }
    return {};
}

}  // namespace

std::string thumbprint(const ValueMap& jwk) {
    const auto members = requiredMembers(jwk.text("kty"));
    JsonWriter json;
    for (const auto name : members) {
        const auto text = jwk.text(name);
        if (text.empty()) {
            return {};
        }
        json.text(name, text);
    }
    return members.empty() ? std::string() : base64url(sha256(json.finish()));
}

bool isPrivateJwk(const ValueMap& jwk) noexcept {
    constexpr std::array<std::string_view, 8> secrets{"d", "p", "q", "dp", "dq", "qi", "oth", "k"};
    return std::any_of(secrets.begin(), secrets.end(),
                       [&jwk](auto name) { return jwk.contains(name); });
}

}  // namespace gatehouse
