// SPDX-License-Identifier: Apache-2.0
#include "Names.h"

#include "SqliteFailure.h"
#include "Statement.h"

#include <mutex>

namespace gatehouse {

std::optional<std::int64_t> Names::find(Connection& connection, std::string_view name) {
    auto id = known(name);
    if (!id) {
        load(connection);
        id = known(name);
    }
    return id;
}

std::int64_t Names::findOrAdd(Connection& writer, std::string_view name) {
    if (const auto id = known(name)) {
        return *id;
    }
    Statement insert(writer.handle(), "INSERT INTO names (name) VALUES (?) ON CONFLICT DO NOTHING");
    insert.execute(name);
    const auto id = find(writer, name);
    if (!id) {
        throw SqliteFailure(SQLITE_CORRUPT, "a name that was just stored is gone");
    }
    return *id;
}

std::string Names::name(Connection& connection, std::int64_t id) {
    for (const bool isLastTry : {false, true}) {
        {
            const std::shared_lock<std::shared_mutex> lock(mutex_);
            const auto found = names_.find(id);
            if (found != names_.end()) {
                return found->second;
            }
        }
        if (!isLastTry) {
            load(connection);
        }
    }
    throw SqliteFailure(SQLITE_CORRUPT, "a record names a link that is not in the table of names");
}

void Names::forgetAll() {
    const std::unique_lock<std::shared_mutex> lock(mutex_);
    ids_.clear();
    names_.clear();
}

void Names::load(Connection& connection) {
    Statement select(connection.handle(), "SELECT id, name FROM names");
    auto rows = select.run();
    const std::unique_lock<std::shared_mutex> lock(mutex_);
    while (rows.next()) {
        ids_.insert_or_assign(std::string(rows.bytes(1)), rows.number(0));
        names_.insert_or_assign(rows.number(0), std::string(rows.bytes(1)));
    }
}

std::optional<std::int64_t> Names::known(std::string_view name) const {
    const std::shared_lock<std::shared_mutex> lock(mutex_);
    const auto found = ids_.find(name);
    return found == ids_.end() ? std::nullopt : std::optional<std::int64_t>(found->second);
}

}  // namespace gatehouse
