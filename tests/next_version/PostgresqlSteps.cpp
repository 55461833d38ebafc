// SPDX-License-Identifier: Apache-2.0
#include "Migrations.h"

namespace gatehouse {

const std::vector<SchemaStep>& releasedSteps();

const std::vector<SchemaStep>& schemaSteps() {
    static const std::vector<SchemaStep> all = [] {
        auto steps = releasedSteps();
        const int last = steps.back().number;
        steps.push_back({last + 1, "expanded", steps.back().oldest,
                         "ALTER TABLE gatehouse_records ADD COLUMN note text DEFAULT 'expanded'",
                         "ALTER TABLE gatehouse_records DROP COLUMN note"});
        if (VERSION > 2) {
            steps.push_back({last + 2, "contracted", last + 1,
                             "ALTER TABLE gatehouse_records ALTER COLUMN note SET NOT NULL",
                             "ALTER TABLE gatehouse_records ALTER COLUMN note DROP NOT NULL"});
        }
        return steps;
    }();
    return all;
}

}  // namespace gatehouse
