// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Result.h>
#include <gatehouse/testkit/FakeLatency.h>

#include <mutex>
#include <optional>
#include <utility>

namespace gatehouse::testkit {

/// What a fake has behind it, several at once or one for itself: it goes away and is slow. Threads:
/// any.
class FakeBackend {
public:
    /// `late`: what is said of an answer that does not come in time.
    explicit FakeBackend(Error late = Error::unavailable("no answer before the deadline"))
        : late_(std::move(late)) {}

    /// Every call answers this from now on; nullopt ends it.
    void fail(std::optional<Error> failure) {
        const std::lock_guard<std::mutex> lock(failureMutex_);
        failure_ = std::move(failure);
    }
    /// How many calls have failed by fail().
    int refused() const {
        const std::lock_guard<std::mutex> lock(failureMutex_);
        return refused_;
    }
    /// Every call takes so long from now on.
    void slowDown(FakeClock& clock, milliseconds each) { latency_.set(clock, each); }

    /// Why this call fails, however long it may take; nullopt: it does not.
    std::optional<Error> refusal() const {
        const std::lock_guard<std::mutex> lock(failureMutex_);
        refused_ += failure_ ? 1 : 0;
        return failure_;
    }
    /// The same before the deadline.
    std::optional<Error> trouble(const Context& context) const {
        if (auto refused = refusal()) {
            return refused;
        }
        return latency_.pass(context.deadline) ? std::nullopt : std::optional(late_);
    }
    /// The answer, or why there is none.
    template <class T> Result<T> answer(const Context& context, T value) const {
        const auto failure = trouble(context);
        return failure ? Result<T>(*failure) : Result<T>(std::move(value));
    }

private:
    const Error late_;
    mutable std::mutex failureMutex_;
    std::optional<Error> failure_;
    mutable int refused_ = 0;
    FakeLatency latency_;
};

}  // namespace gatehouse::testkit
