// SPDX-License-Identifier: Apache-2.0
#include "Assertions.h"

#include "crypto/Digest.h"
#include "json/Json.h"
#include "text/Base64Url.h"

namespace gatehouse {

namespace {

std::string signingInput(const ValueMap& header, const ValueMap& claims) {
    return base64url(toJson(header)) + "." + base64url(toJson(claims));
}

}  // namespace

std::string signedJwt(const SigningKey& key, std::string_view kid, const ValueMap& claims) {
    ValueMap header{{"alg", key.algorithm()}};
    if (!kid.empty()) {
        header.set("kid", kid);
    }
    const std::string input = signingInput(header, claims);
    return input + "." + base64url(*key.sign(input));
}

std::string macedJwt(std::string_view secret, std::string_view algorithm, const ValueMap& claims) {
    const std::string input = signingInput({{"alg", algorithm}}, claims);
    return input + "." + base64url(hmacSha256(secret, input));
}

}  // namespace gatehouse
