// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace gatehouse {

/// One step of the schema: what brings version n to n + 1, and back.
struct SchemaStep {
    const char* name;
    int oldest;  ///< programs that know so many steps, and all later ones, can still use the result
    const char* up;
    const char* down;  ///< nullptr: it cannot be taken back
};

/// In order; a released one never changes.
const std::vector<SchemaStep>& schemaSteps();

}  // namespace gatehouse
