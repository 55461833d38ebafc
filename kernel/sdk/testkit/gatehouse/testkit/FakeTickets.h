// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Tickets.h>

#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::testkit {

/// Tickets that a test can read: "ticket-1", "ticket-2" ... Threads: any; `issued` is for a test to
/// look at when no other thread runs.
class FakeTickets final : public Tickets {
public:
    struct Issued {
        std::string text;
        std::string kind;
        std::string clientId;
        Authorization authorization;
        seconds lifetime{0};
        bool isUsed = false;
    };

    Result<std::string> issue(const Context&, std::string_view kind, const Client& client,
                              Authorization authorization, seconds lifetime) override {
        const std::lock_guard lock(mutex_);
        auto text = "ticket-" + std::to_string(issued.size() + 1);
        authorization.clientId = client.id;
        authorization.family = "family of " + text;
        issued.push_back({text, std::string(kind), client.id, std::move(authorization), lifetime});
        return text;
    }

    std::vector<Issued> issued;

private:
    std::mutex mutex_;
};

}  // namespace gatehouse::testkit
