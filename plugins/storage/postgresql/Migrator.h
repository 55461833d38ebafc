// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/StorageMaintenance.h>

#include "Connection.h"
#include "Deadline.h"
#include "Migrations.h"

#include <string>
#include <vector>

namespace gatehouse {

/// Brings the schema forward and back. Several nodes may try at once: one does it, under a lock,
/// the others wait. Whoever is in the way is named, in the log while it is waited for and then in
/// the failure. Failures are thrown as PostgresFailure.
class Migrator {
public:
    struct State {
        int number = 0;  ///< of the last migration that was applied; 0: an empty database
        int usable = 0;  ///< the last one whose result this program can use; less: it cannot
    };

    /// Both must outlive this; `connection` belongs to nobody else.
    Migrator(Connection& connection, Log& log) : connection_(connection), log_(log) {}

    State state();
    /// Those this version knows, and behind them what a newer one has applied.
    std::vector<Migration> all();
    /// Applies what is missing up to `number`; the names of what was applied.
    std::vector<std::string> up(int number, Deadline deadline);
    /// Takes back everything above `number`, and what was kept in it. Not what it does not know.
    void down(int number, Deadline deadline);

private:
    void lock(Deadline deadline);
    void unlock();
    void addLater(std::vector<Migration>& all);
    void executePatiently(const std::string& sql, Deadline deadline);
    bool isDone(const std::string& sql);
    std::string whoIsInTheWay();
    void execute(const std::string& sql);
    std::string textOf(const char* sql);

    Connection& connection_;
    Log& log_;
};

}  // namespace gatehouse
