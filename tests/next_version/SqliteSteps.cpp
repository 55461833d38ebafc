// SPDX-License-Identifier: Apache-2.0
#include "SchemaSteps.h"

namespace gatehouse {

const std::vector<SchemaStep>& releasedSteps();

const std::vector<SchemaStep>& schemaSteps() {
    static const std::vector<SchemaStep> all = [] {
        auto steps = releasedSteps();
        const int last = static_cast<int>(steps.size());
        steps.push_back({"expanded", steps.back().oldest,
                         "ALTER TABLE records ADD COLUMN note TEXT DEFAULT 'expanded'",
                         "ALTER TABLE records DROP COLUMN note"});
        if (VERSION > 2) {
            steps.push_back({"contracted", last + 1,
                             "CREATE INDEX records_by_note ON records (note)",
                             "DROP INDEX records_by_note"});
        }
        return steps;
    }();
    return all;
}

}  // namespace gatehouse
