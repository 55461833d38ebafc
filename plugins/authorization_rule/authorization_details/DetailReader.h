// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/OAuthError.h>
#include <gatehouse/Result.h>
#include <gatehouse/Value.h>

#include <string_view>
#include <vector>

namespace gatehouse {

constexpr std::string_view detailsParameter = "authorization_details";

/// invalid_authorization_details (RFC 9396 section 5).
OAuthError invalidDetails(std::string_view description, std::string detail = {});

/// The parameter `authorization_details` (RFC 9396 section 2): a JSON array of 1 to 16 objects with
/// a `type`, in at most 16384 bytes, with at most 6 levels in an object. Names of members are
/// printable ASCII, so that none looks like another; texts are isAllVisible(). Whether a type may
/// be used and what it allows is not asked.
Result<std::vector<ValueMap>, OAuthError> readDetails(std::string_view parameter);

}  // namespace gatehouse
