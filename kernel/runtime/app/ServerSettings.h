// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/Logging.h"
#include "config/Configuration.h"
#include "http/Lanes.h"
#include "http/ListenerSettings.h"

namespace gatehouse {

// The `server` and `logging` sections in the words of those who use them.

ListenerSettings listenerSettings(const CheckedConfig& server, const CheckedConfig& mtls);
LaneSizes laneSizes(const CheckedConfig& server);
Logging::Settings loggingSettings(const CheckedConfig& logging);

}  // namespace gatehouse
