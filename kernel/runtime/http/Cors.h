// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Http.h>

#include <string>

namespace gatehouse {

// The CORS protocol (Fetch standard section 3.3) where any origin may ask. It is open there because
// nothing that a browser adds by itself counts: no cookie is read, and `*` never allows
// credentials.

/// The answer to a preflight: `methods`, and whatever header fields are asked for, as an origin may
/// send any (tracing, a protocol's version); only names that are none are left out.
HttpResponse preflightAnswer(const HttpRequest& request, const std::string& methods);

/// Lets a script of any origin read the answer.
void openToAnyOrigin(HttpResponse& response);

}  // namespace gatehouse
