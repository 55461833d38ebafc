// SPDX-License-Identifier: Apache-2.0
#include "token/Pkce.h"

#include "text/Base64Url.h"

#include <algorithm>

namespace gatehouse {

namespace {

constexpr std::size_t shortest = 43;
constexpr std::size_t longest = 128;

/// unreserved = ALPHA / DIGIT / "-" / "." / "_" / "~"
bool isUnreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

}  // namespace

bool Pkce::isChallenge(std::string_view challenge) noexcept {
    return challenge.size() == shortest &&
           std::all_of(challenge.begin(), challenge.end(), isUnreserved) &&
           challenge.find_first_of(".~") == std::string_view::npos;
}

bool Pkce::matches(const Crypto& crypto, std::string_view challenge, std::string_view verifier) {
    if (challenge.empty()) {
        return verifier.empty();
    }
    if (verifier.size() < shortest || verifier.size() > longest ||
        !std::all_of(verifier.begin(), verifier.end(), isUnreserved)) {
        return false;
    }
    return crypto.equal(base64url(crypto.sha256(verifier)), challenge);
}

}  // namespace gatehouse
