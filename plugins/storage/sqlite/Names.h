// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Connection.h"

#include <cstdint>
#include <map>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>

namespace gatehouse {

/// Numbers that stand for the names of kinds and links, so that a row spends one byte on them.
/// Remembers all it has seen; another process may add more at any time. Threads: any, each with a
/// connection of its own.
class Names {
public:
    /// nullopt: no such name was ever stored.
    std::optional<std::int64_t> find(Connection& connection, std::string_view name);
    /// Stores the name when it is new; not inside a transaction.
    std::int64_t findOrAdd(Connection& writer, std::string_view name);
    std::string name(Connection& connection, std::int64_t id);
    void forgetAll();

private:
    void load(Connection& connection);
    std::optional<std::int64_t> known(std::string_view name) const;

    mutable std::shared_mutex mutex_;
    std::map<std::string, std::int64_t, std::less<>> ids_;
    std::map<std::int64_t, std::string> names_;
};

}  // namespace gatehouse
