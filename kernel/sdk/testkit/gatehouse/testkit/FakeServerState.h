// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/facade/ServerState.h>

#include <string>
#include <vector>

namespace gatehouse::testkit {

/// Is ready while it has no problems, and has one metric.
class FakeServerState final : public ServerState {
public:
    std::vector<std::string> problems() const override { return fakeProblems; }
    std::vector<std::string> satOut() const override { return {}; }
    bool hasMetrics() const override { return true; }
    Result<Scrape> scrape() const override { return Scrape{"text/plain", "gatehouse_up 1\n"}; }

    std::vector<std::string> fakeProblems;
};

}  // namespace gatehouse::testkit
