// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>

#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::testkit {

/// Keeps every audit event. Threads: any.
class FakeEvents final : public Events {
public:
    explicit FakeEvents(const Clock& clock) : clock_(clock) {}

    void publish(const Context& context, Event event) override {
        event.time = clock_.now();
        event.issuer = context.issuer.id;
        event.requestId = context.requestId;
        const std::lock_guard<std::mutex> lock(mutex_);
        events_.push_back(std::move(event));
    }

    std::vector<Event> all() const {
        const std::lock_guard<std::mutex> lock(mutex_);
        return events_;
    }
    std::vector<Event> ofType(std::string_view type) const {
        std::vector<Event> found;
        for (auto& event : all()) {
            if (event.type == type) {
                found.push_back(event);
            }
        }
        return found;
    }

private:
    const Clock& clock_;
    mutable std::mutex mutex_;
    std::vector<Event> events_;
};

}  // namespace gatehouse::testkit
