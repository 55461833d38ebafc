// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>

#include <Poco/Exception.h>

#include <algorithm>
#include <atomic>

namespace gatehouse {

/// How long one call may take, from its beginning to the last byte of its answer.
class CallLimit {
public:
    CallLimit(const Clock& clock, SteadyPoint end, const std::atomic<bool>& isStopping)
        : clock_(clock), end_(end), isStopping_(isStopping) {}

    /// Throws Poco::TimeoutException when there is none.
    milliseconds left() const {
        if (isStopping_) {
            throw Poco::TimeoutException("the server stops");
        }
        const milliseconds left = end_ - clock_.steady();
        if (left <= milliseconds{0}) {
            throw Poco::TimeoutException("it takes too long");
        }
        return left;
    }
    /// Calls `poll` with parts of the time until it returns true.
    template <class Poll> void wait(const Poll& poll) const {
        constexpr milliseconds part{200};
        while (!poll(std::min(left(), part))) {
        }
    }

private:
    const Clock& clock_;
    const SteadyPoint end_;
    const std::atomic<bool>& isStopping_;
};

}  // namespace gatehouse
