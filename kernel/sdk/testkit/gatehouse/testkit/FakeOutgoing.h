// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Outgoing.h>
#include <gatehouse/testkit/FakeLatency.h>

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::testkit {

/// Sends nothing anywhere: notes what would be sent, and answers as told. Threads: any.
class FakeOutgoing final : public Outgoing, public OutgoingCalls {
public:
    using Answer = std::function<Result<OutgoingAnswer>(const OutgoingRequest&)>;

    OutgoingCalls& purpose(std::string_view /*name*/) override { return *this; }
    Result<OutgoingAnswer> send(const Context& context, const OutgoingRequest& request) override {
        Answer answer;
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            if (failure_) {
                ++refused_;
                return *failure_;
            }
            if (!latency_.pass(context.deadline)) {
                return Error::unknown("no answer before the deadline");
            }
            sent_.push_back(request);
            answer = answer_;
        }
        return answer(request);
    }

    /// From now on; 200 without a body at first.
    void answer(Answer answer) {
        const std::lock_guard<std::mutex> lock(mutex_);
        answer_ = std::move(answer);
    }
    /// Every call answers this from now on; nullopt ends it.
    void fail(std::optional<Error> failure) {
        const std::lock_guard<std::mutex> lock(mutex_);
        failure_ = std::move(failure);
    }
    /// How many calls have failed by fail().
    int refused() const {
        const std::lock_guard<std::mutex> lock(mutex_);
        return refused_;
    }
    /// Every call takes so long from now on.
    void slowDown(FakeClock& clock, milliseconds each) { latency_.set(clock, each); }
    std::vector<OutgoingRequest> sent() const {
        const std::lock_guard<std::mutex> lock(mutex_);
        return sent_;
    }

private:
    mutable std::mutex mutex_;
    Answer answer_ = [](const OutgoingRequest&) { return OutgoingAnswer{200, {}, {}}; };
    std::vector<OutgoingRequest> sent_;
    std::optional<Error> failure_;
    int refused_ = 0;
    FakeLatency latency_;
};

}  // namespace gatehouse::testkit
