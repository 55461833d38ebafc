// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Options.h"

#include <algorithm>

namespace gatehouse {

std::vector<CommandOption> optionsOf(const Command& command) {
    const auto& own = command.options;
    auto options = own;
    for (const auto& common : commonOptions()) {
        if (std::none_of(own.begin(), own.end(),
                         [&](const CommandOption& option) { return option.name == common.name; })) {
            options.push_back(common);
        }
    }
    return options;
}

}  // namespace gatehouse
