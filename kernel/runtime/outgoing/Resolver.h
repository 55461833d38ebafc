// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>
#include <gatehouse/Time.h>

#include "http/NetworkAddress.h"

#include <functional>
#include <string>
#include <vector>

namespace gatehouse {

/// The addresses of a name, in the order in which they are to be tried; within so much time.
using Resolver = std::function<Result<std::vector<NetworkAddress>>(const std::string& host,
                                                                   milliseconds within)>;

/// That of the system. A lookup that hangs is left behind on its thread, of which there are not
/// many. Threads: any.
Result<std::vector<NetworkAddress>> systemResolver(const std::string& host, milliseconds within);

}  // namespace gatehouse
