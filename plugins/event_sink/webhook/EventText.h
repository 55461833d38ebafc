// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Event.h>

#include <string>
#include <vector>

namespace gatehouse {

/// A delivery's body: {"id": ID, "events": [...]}; each event has the id "ID.NUMBER".
std::string deliveryText(const std::string& id, const std::vector<Event>& events);

}  // namespace gatehouse
