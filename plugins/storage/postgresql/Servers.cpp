// SPDX-License-Identifier: Apache-2.0
#include "Servers.h"

#include "PostgresFailure.h"

#include <string>

namespace gatehouse {

std::unique_ptr<Connection> Servers::connect() {
    std::string reasons;
    for (std::size_t tried = 0; tried < servers_.size(); ++tried) {
        try {
            return std::make_unique<Connection>(servers_[preferred_]);
        } catch (const PostgresFailure& failure) {
            reasons += (reasons.empty() ? "" : "; ") + std::string(failure.what());
            passOver();
        }
    }
    throw PostgresFailure(PostgresFailure::Kind::absent,
                          "cannot connect to the database: " + reasons);
}

}  // namespace gatehouse
