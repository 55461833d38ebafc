// SPDX-License-Identifier: Apache-2.0
#include "PostgresFailure.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace gatehouse {
namespace {

/// Classes and codes (PostgreSQL's manual, appendix A) that pass without a change to the program:
/// connection, authentication, no such database, read-only, conflict, resources (disk full, too
/// many connections), a lock or the time limit, the administrator, input and output.
constexpr std::array<std::string_view, 10> passingStates{"08", "28", "3D000", "25006", "25P03",
                                                         "40", "53", "55P03", "57",    "58"};

bool hasPrefix(std::string_view text, std::string_view prefix) {
    return text.substr(0, prefix.size()) == prefix;
}

}  // namespace

Error PostgresFailure::error() const {
    const bool passes =
        kind_ != Kind::refused ||
        std::any_of(passingStates.begin(), passingStates.end(),
                    [&](std::string_view prefix) { return hasPrefix(state_, prefix); });
    return passes ? Error::unavailable(what()) : Error::internal(what());
}

bool PostgresFailure::isInDoubt() const noexcept {
    // A pooler in between says 08... when it lost the server. An error of the server's own comes
    // before its commit.
    return kind_ == Kind::lost || kind_ == Kind::late || hasPrefix(state_, "08");
}

bool PostgresFailure::isRolledBack() const noexcept {
    return state_ == "40001" || state_ == "40P01";
}

bool PostgresFailure::isBlocked() const noexcept {
    return state_ == "55P03";
}

bool PostgresFailure::isSessionLost() const noexcept {
    // A session is also ended by an administrator, a crash and a server that goes down.
    return kind_ == Kind::lost || hasPrefix(state_, "57P");
}

PostgresFailure PostgresFailure::whileConnecting() const {
    return kind_ == Kind::refused ? *this : PostgresFailure(Kind::absent, message_);
}

std::string oneLine(std::string message) {
    message.erase(message.find_last_not_of('\n') + 1);
    for (char& letter : message) {
        letter = letter == '\n' || letter == '\t' ? ' ' : letter;
    }
    return message;
}

}  // namespace gatehouse
