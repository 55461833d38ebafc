// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Connection.h"
#include "Deadline.h"
#include "Migrations.h"

#include <string>
#include <vector>

namespace gatehouse {

/// Brings the schema forward and back. Several nodes may try at once: one does it, under a lock,
/// the others wait. Failures are thrown as PostgresFailure.
class Migrator {
public:
    struct State {
        int number = 0;  ///< of the last migration that was applied; 0: an empty database
        int oldest = 0;  ///< the oldest program that can use the schema as it is now
    };

    /// `connection` must outlive this and belong to nobody else.
    explicit Migrator(Connection& connection) : connection_(connection) {}

    State state(Deadline deadline);
    /// Applies what is missing up to `number`; the names of what was applied.
    std::vector<std::string> up(int number, Deadline deadline);
    /// Takes back everything above `number`, and what was kept in it.
    void down(int number, Deadline deadline);

private:
    void lock(Deadline deadline);
    void unlock(Deadline deadline);

    Connection& connection_;
};

}  // namespace gatehouse
