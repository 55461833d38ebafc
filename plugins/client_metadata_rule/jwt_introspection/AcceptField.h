// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Http.h>

#include <string_view>

namespace gatehouse {

/// Does a request ask by its Accept fields (RFC 9110 section 12.5.1) for this media type, in so
/// many words and no less than for JSON? A range whose weight is malformed counts for nothing.
bool asksFor(const HttpRequest& request, std::string_view mediaType);

}  // namespace gatehouse
