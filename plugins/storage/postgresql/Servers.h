// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Connection.h"
#include "DatabaseUrl.h"

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace gatehouse {

/// The servers of a database, of which one answers: the one that did last, or else the next.
/// Threads: one.
class Servers {
public:
    explicit Servers(std::vector<ServerAddress> servers) : servers_(std::move(servers)) {}

    /// Blocks while servers are silent, each for its connect_timeout. Throws PostgresFailure when
    /// none answers.
    std::unique_ptr<Connection> connect();
    /// The one connected to is of no use after all.
    void passOver() noexcept { preferred_ = (preferred_ + 1) % servers_.size(); }

private:
    std::vector<ServerAddress> servers_;
    std::size_t preferred_ = 0;
};

}  // namespace gatehouse
