// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>

#include <stdexcept>
#include <string>

namespace gatehouse {

/// A call of the database that failed. Thrown inside the plugin only.
class PostgresFailure : public std::runtime_error {
public:
    enum class Kind {
        refused,  ///< the server answered with an error
        lost,  ///< the connection broke
        late,  ///< the time was up
        absent  ///< there is no connection to be had
    };

    PostgresFailure(Kind kind, const std::string& message)
        : std::runtime_error(message), kind_(kind) {}
    /// What the server answered; `state` is the SQLSTATE.
    PostgresFailure(std::string state, const std::string& message)
        : std::runtime_error(message + " (SQLSTATE " + state + ")"), state_(std::move(state)) {}

    /// What it is for a caller.
    Error error() const;
    /// Has the server certainly rolled everything back, so that the same may be tried again?
    bool isRolledBack() const noexcept;
    /// Did the server give up waiting for a lock?
    bool isBlocked() const noexcept;
    /// Has the server ended the session, so that reading may be tried on another one?
    bool isSessionLost() const noexcept;
    /// Was there no answer in time?
    bool isLate() const noexcept { return kind_ == Kind::late; }

private:
    Kind kind_ = Kind::refused;
    std::string state_;
};

}  // namespace gatehouse
