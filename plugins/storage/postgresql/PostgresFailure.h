// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>

#include <exception>
#include <string>
#include <utility>

namespace gatehouse {

/// A call of the database that failed. Thrown inside the plugin only. A copy shares nothing with
/// its original, so one thread's may be kept for others.
class PostgresFailure : public std::exception {
public:
    enum class Kind {
        refused,  ///< the server answered with an error
        lost,  ///< the connection broke
        late,  ///< the time was up
        absent  ///< there is no connection to be had
    };

    PostgresFailure(Kind kind, std::string message) : message_(std::move(message)), kind_(kind) {}
    /// What the server answered; `state` is the SQLSTATE.
    PostgresFailure(std::string state, const std::string& message)
        : message_(message + " (SQLSTATE " + state + ")"), state_(std::move(state)) {}

    const char* what() const noexcept override { return message_.c_str(); }

    /// What it is for a caller.
    Error error() const;
    /// May what was asked for have been done, or still be? For a call that was under way.
    bool isInDoubt() const noexcept;
    /// Has the server certainly rolled everything back, so that the same may be tried again?
    bool isRolledBack() const noexcept;
    /// Did the server give up waiting for a lock?
    bool isBlocked() const noexcept;
    /// Has the server ended the session, so that reading may be tried on another one?
    bool isSessionLost() const noexcept;
    /// The same as a reason why there is no session.
    PostgresFailure whileConnecting() const;
    /// Was there no answer in time?
    bool isLate() const noexcept { return kind_ == Kind::late; }

private:
    std::string message_;
    Kind kind_ = Kind::refused;
    std::string state_;
};

/// A message of libpq's or Poco's, which may have several lines and end in a line break.
std::string oneLine(std::string message);

}  // namespace gatehouse
