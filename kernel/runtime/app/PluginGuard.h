// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/point/HttpModule.h>

#include <memory>
#include <string>

namespace gatehouse {

/// The handler, watched: an exception that leaves it is counted under the plugin's name and, the
/// first time, logged with what it said. It is passed on, so that the request is answered with
/// server_error.
Handler guarded(Handler handler, const std::string& plugin, Metrics& metrics, Log& log);

}  // namespace gatehouse
