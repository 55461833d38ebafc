// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/HttpModule.h>

#include <string>

namespace gatehouse {

struct NamedModule {
    std::string label;  ///< for messages: "module.token"
    const HttpModule* module;
};

}  // namespace gatehouse
