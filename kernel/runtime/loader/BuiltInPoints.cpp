// SPDX-License-Identifier: Apache-2.0
// Apart, so that whoever only opens plugins needs no core.
#include "Services.h"
#include "facade/Facades.h"
#include "loader/KnownPoints.h"

namespace gatehouse {

bool isBuiltIn(std::string_view point) {
    return point == Services::point.name || isFacade(point);
}

}  // namespace gatehouse
