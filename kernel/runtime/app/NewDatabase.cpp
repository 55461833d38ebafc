// SPDX-License-Identifier: Apache-2.0
#include "app/NewDatabase.h"

#include <gatehouse/StorageMaintenance.h>
#include <gatehouse/point/Storage.h>

#include "config/Masking.h"

namespace gatehouse {

void warnOfNewDatabase(Process& process, const PluginEntry& database) {
    auto* maintenance = process.storage().maintenance();
    if (maintenance == nullptr) {
        return;
    }
    const auto found = maintenance->everything({}, 1);
    if (found && found->empty()) {
        const auto* url = database.settings.find("url");
        process.log().write(Level::warning, "nothing is in the database: everything begins anew",
                            {{"database", maskedUrl(url == nullptr ? "" : url->value.text())}});
    }
}

}  // namespace gatehouse
