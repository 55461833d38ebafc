// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/OAuthError.h>

#include <optional>

namespace gatehouse {

/// A request that was under way for longer than this finds no theft in that others were faster: its
/// process may have stood still, and its own client have asked another node meanwhile.
constexpr seconds heldUpAfter{2};

/// What such a request is answered. Whoever still waits for it asks again, and is then believed.
inline std::optional<OAuthError> heldUp(const Context& context, const Clock& clock) {
    if (clock.steady() - context.begun <= heldUpAfter) {
        return std::nullopt;
    }
    return OAuthError::from(
        Error::unavailable("redeemed by another request while this one was held up"));
}

}  // namespace gatehouse
