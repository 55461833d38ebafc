// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Result.h>
#include <gatehouse/testkit/FakeLatency.h>

#include <mutex>
#include <optional>
#include <utility>

namespace gatehouse::testkit {

/// What fake facades have behind them: it goes away and is slow for all of them at once. Threads:
/// any.
class FakeBackend {
public:
    /// Every call answers this from now on; nullopt ends it.
    void fail(std::optional<Error> failure) {
        const std::lock_guard<std::mutex> lock(mutex_);
        failure_ = std::move(failure);
    }
    void slowDown(FakeClock& clock, milliseconds each) { latency_.set(clock, each); }

    /// Why this call fails; nullopt: it does not.
    std::optional<Error> trouble(const Context& context) const {
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            if (failure_) {
                return failure_;
            }
        }
        return latency_.pass(context.deadline)
                   ? std::nullopt
                   : std::optional(Error::unavailable("no answer before the deadline"));
    }
    /// The answer, or why there is none.
    template <class T> Result<T> answer(const Context& context, T value) const {
        const auto failure = trouble(context);
        return failure ? Result<T>(*failure) : Result<T>(std::move(value));
    }

private:
    mutable std::mutex mutex_;
    std::optional<Error> failure_;
    FakeLatency latency_;
};

}  // namespace gatehouse::testkit
