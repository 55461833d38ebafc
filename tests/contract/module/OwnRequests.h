// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Http.h>

#include <string_view>
#include <vector>

namespace gatehouse {

/// Requests that our module of this name answers without an error, behind fake facades.
std::vector<HttpRequest> requestsFor(std::string_view module);

}  // namespace gatehouse
