// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/facade/RecentEvents.h>
#include <gatehouse/testkit/FakeBackend.h>

#include <string_view>
#include <vector>

namespace gatehouse::testkit {

/// Ada ("sub-of-ada") has signed in for the client "site".
class FakeRecentEvents final : public RecentEvents {
public:
    /// The backend must outlive this.
    explicit FakeRecentEvents(const FakeBackend& backend) : backend_(backend) {}

    bool areKept() const override { return true; }
    Result<std::vector<RecentEvent>> of(const Context& context,
                                        std::string_view sub) const override {
        return backend_.answer(context, sub == "sub-of-ada" ? std::vector<RecentEvent>{adas()}
                                                            : std::vector<RecentEvent>{});
    }

private:
    static RecentEvent adas() {
        return {"recent_event.login", TimePoint{seconds{1'700'000'000}}, 1, "site", "192.0.2.1",
                {"Firefox", "Linux"}};
    }

    const FakeBackend& backend_;
};

}  // namespace gatehouse::testkit
