// SPDX-License-Identifier: Apache-2.0
#include "Broken.h"

namespace gatehouse {

/// The second plugin of the library, for another server.
const PluginDescriptor* second() {
    static const PluginDescriptor newer = [] {
        PluginDescriptor plugin = plainDescriptor("other");
        plugin.point.version = 2;
        return plugin;
    }();
    return &newer;
}

}  // namespace gatehouse

BROKEN_PLUGIN("second_newer", broken.next = gatehouse::second())
