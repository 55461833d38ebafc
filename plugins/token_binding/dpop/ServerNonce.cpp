// SPDX-License-Identifier: Apache-2.0
#include "ServerNonce.h"

#include "text/Base64Url.h"

namespace gatehouse {

/// The one after is of a node whose clock is ahead.
bool ServerNonce::isGood(const Issuer& issuer, std::string_view nonce) const {
    const auto now = window();
    for (const auto candidate : {now, now - 1, now + 1}) {
        if (host_.crypto().equal(nonce, of(issuer, candidate))) {
            return true;
        }
    }
    return false;
}

std::string ServerNonce::of(const Issuer& issuer, std::int64_t window) const {
    return base64url(
        host_.crypto().mac("nonce", std::to_string(issuer.id) + '/' + std::to_string(window)));
}

}  // namespace gatehouse
