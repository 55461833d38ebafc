// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Value.h>

#include <functional>
#include <string>

namespace gatehouse {

/// Who adds lines to the discovery document.
struct Describer {
    std::string label;  ///< for messages: "module.token"
    std::function<void(const Issuer&, ValueMap&)> describe;
};

}  // namespace gatehouse
