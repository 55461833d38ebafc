// SPDX-License-Identifier: Apache-2.0
#include "jose/IdTokenHash.h"

#include "crypto/Digest.h"
#include "text/Base64Url.h"

namespace gatehouse {

namespace {

std::string digest(std::string_view algorithm, std::string_view text) {
    const auto size = algorithm.substr(algorithm.size() < 3 ? 0 : algorithm.size() - 3);
    if (size == "384") {
        return sha384(text);
    }
    return size == "512" || algorithm == "EdDSA" ? sha512(text) : sha256(text);
}

}  // namespace

std::string idTokenHash(std::string_view algorithm, std::string_view token) {
    const std::string hash = digest(algorithm, token);
    return base64url(std::string_view(hash).substr(0, hash.size() / 2));
}

}  // namespace gatehouse
