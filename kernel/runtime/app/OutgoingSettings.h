// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/CheckedConfig.h"
#include "config/Problems.h"
#include "outgoing/OutgoingService.h"

#include <memory>

namespace gatehouse {

/// What is wrong with the meaning of the `outgoing` section, and with the file it names.
void checkOutgoing(const CheckedConfig& settings, Problems& problems);

/// By these settings; what checkOutgoing() would find wrong is left out. Both must outlive it.
std::unique_ptr<OutgoingService> makeOutgoing(const CheckedConfig& settings, const Clock& clock,
                                              Log& log);

}  // namespace gatehouse
