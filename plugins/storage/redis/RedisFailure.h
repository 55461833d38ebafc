// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>

#include <stdexcept>
#include <string>

namespace gatehouse {

/// A call of Redis that failed. Thrown inside the plugin only.
class RedisFailure : public std::runtime_error {
public:
    enum class Cause {
        away,  ///< out of reach, busy, full, not the master: it may be better in a moment
        settings,  ///< it is there and refuses us: nothing gets better until somebody acts
        ours  ///< what was sent makes no sense to it
    };

    RedisFailure(Cause cause, const std::string& message)
        : std::runtime_error(message), cause_(cause) {}

    /// No answer came to what was sent: it may have been done or not.
    static RedisFailure silence(const std::string& message);
    /// What an error reply means for a caller.
    static RedisFailure ofReply(const std::string& message);

    Cause cause() const noexcept { return cause_; }
    Error error() const;
    /// The same for a call that changes something: Fault::unknown after a silence.
    Error errorOfChange() const;

private:
    Cause cause_;
    bool isSilence_ = false;
};

}  // namespace gatehouse
