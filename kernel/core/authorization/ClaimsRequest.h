// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// The claims parameter (OpenID Connect Core section 5.5): claim name to null or a map of
/// conditions.
struct ClaimsRequest {
    ValueMap userinfo;
    ValueMap idToken;

    /// nullopt: not JSON of the right shape. An empty text asks for nothing. Members nobody knows
    /// are ignored.
    static std::optional<ClaimsRequest> parse(std::string_view text);

    /// The one `sub` the answer must be about (section 5.5.1); empty: anybody.
    std::string subject() const;
    /// `acr` values of which one is essential (section 5.5.1.1); empty: none is.
    std::vector<std::string> essentialAcr() const;
};

}  // namespace gatehouse
