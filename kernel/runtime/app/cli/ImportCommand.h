// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Plugin.h>

#include "app/cli/Command.h"

namespace gatehouse {

/// `import NAME`, of an installed import_format plugin.
Command importCommand(const PluginDescriptor& format);

}  // namespace gatehouse
