// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/OAuthError.h>
#include <gatehouse/Result.h>
#include <gatehouse/Value.h>

#include <cstddef>
#include <string>
#include <vector>

namespace gatehouse {

/// Authorization details, in the order in which they came.
using Details = std::vector<ValueMap>;

/// Most bytes of a note as JSON, which is kept with codes, tokens and the addresses of pages.
constexpr std::size_t longestNote = 4096;

Details detailsOf(const ValueMap& note);
/// Without details an empty one.
ValueMap noteOf(Details details);
/// invalid_authorization_details: it is too long.
Result<ValueMap, OAuthError> shortNoteOf(Details details);

/// Is it for one of these resources? One that names no locations is for all, and so is any where
/// there are none.
bool isFor(const ValueMap& detail, const std::vector<std::string>& resources);

}  // namespace gatehouse
