// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace gatehouse {

/// Why a plugin is not used: the message to show, without the place in the configuration.
struct Refusal {
    std::string message;
};

}  // namespace gatehouse
