// SPDX-License-Identifier: Apache-2.0
#include "token/VerifiedTokens.h"

namespace gatehouse {

std::string VerifiedTokens::nameOf(const Context& context, std::string_view text) const {
    const auto version = keys_.version(context);
    if (version == 0) {
        return {};
    }
    return crypto_.sha256(text)
        .append(std::to_string(context.issuer.id))
        .append("/")
        .append(std::to_string(version));
}

}  // namespace gatehouse
