// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/Process.h"

namespace gatehouse {

/// A database that nothing is in: it may be that another one is meant.
void warnOfNewDatabase(Process& process, const PluginEntry& database);

}  // namespace gatehouse
