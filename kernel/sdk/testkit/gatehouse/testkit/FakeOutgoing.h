// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Outgoing.h>
#include <gatehouse/testkit/FakeBackend.h>

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::testkit {

/// Sends nothing anywhere: notes what would be sent, and answers as told. Threads: any.
class FakeOutgoing final : public Outgoing, public OutgoingCalls, public FakeBackend {
public:
    FakeOutgoing() : FakeBackend(Error::unknown("no answer before the deadline")) {}

    using Answer = std::function<Result<OutgoingAnswer>(const OutgoingRequest&)>;

    OutgoingCalls& purpose(std::string_view /*name*/) override { return *this; }
    Result<OutgoingAnswer> send(const Context& context, const OutgoingRequest& request) override {
        Answer answer;
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            if (const auto failure = trouble(context)) {
                return *failure;
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
    std::vector<OutgoingRequest> sent() const {
        const std::lock_guard<std::mutex> lock(mutex_);
        return sent_;
    }

private:
    mutable std::mutex mutex_;
    Answer answer_ = [](const OutgoingRequest&) { return OutgoingAnswer{200, {}, {}}; };
    std::vector<OutgoingRequest> sent_;
};

}  // namespace gatehouse::testkit
