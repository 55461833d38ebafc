// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace gatehouse {

/// One step of the schema. A released one never changes.
struct SchemaStep {
    int number;  ///< 1, 2, 3 ...
    const char* name;
    int oldest;  ///< programs that know this number, and all later ones, can still use the result
    const char* up;
    const char* down;
};

/// All of them, ascending; the SQL is that of migrations/.
const std::vector<SchemaStep>& schemaSteps();

}  // namespace gatehouse
