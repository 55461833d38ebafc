// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/testkit/FakeClock.h>
#include <gatehouse/testkit/FakeCrypto.h>
#include <gatehouse/testkit/FakeEvents.h>
#include <gatehouse/testkit/FakeJobs.h>
#include <gatehouse/testkit/FakeJose.h>
#include <gatehouse/testkit/FakeLog.h>
#include <gatehouse/testkit/FakeMetrics.h>
#include <gatehouse/testkit/FakeOutgoing.h>
#include <gatehouse/testkit/FakeRandom.h>
#include <gatehouse/testkit/FakeRecords.h>
#include <gatehouse/testkit/FakeSubjects.h>
#include <gatehouse/testkit/FakeTickets.h>
#include <gatehouse/testkit/FakeWeb.h>

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::testkit {

/// A Host made of fakes. The fakes are public, for a test to look at; crypto, jose and records can
/// be exchanged for real ones, which must outlive this.
class FakeHost final : public Host {
public:
    explicit FakeHost(std::string instance = "test") : instance_(std::move(instance)) {}

    std::string_view instance() const noexcept override { return instance_; }
    FakeClock& clock() noexcept override { return fakeClock; }
    FakeRandom& random() noexcept override { return fakeRandom; }
    FakeLog& log() noexcept override { return fakeLog; }
    FakeMetrics& metrics() noexcept override { return fakeMetrics; }
    FakeEvents& events() noexcept override { return fakeEvents; }
    Crypto& crypto() noexcept override { return *crypto_; }
    Jose& jose() noexcept override { return *jose_; }
    Records& records() noexcept override { return *records_; }
    FakeSubjects& subjects() noexcept override { return fakeSubjects; }
    FakeWeb& web() noexcept override { return fakeWeb; }
    FakeOutgoing& http() noexcept override { return fakeOutgoing; }
    FakeJobs& jobs() noexcept override { return fakeJobs; }
    FakeTickets& tickets() noexcept override { return fakeTickets; }

    void use(Crypto& crypto) noexcept { crypto_ = &crypto; }
    void use(Jose& jose) noexcept { jose_ = &jose; }
    void use(Records& records) noexcept { records_ = &records; }
    /// Makes `plugin` one of those that one<P>() and all<P>() answer; it must outlive this.
    template <class P> void add(std::string name, P& plugin) {
        plugins_.push_back({P::point.name, {std::move(name), &plugin}});
    }

    FakeClock fakeClock;
    FakeRandom fakeRandom;
    FakeLog fakeLog;
    FakeMetrics fakeMetrics;
    FakeEvents fakeEvents{fakeClock};
    FakeCrypto fakeCrypto;
    FakeJose fakeJose;
    FakeRecords fakeRecords{fakeClock};
    FakeSubjects fakeSubjects;
    FakeWeb fakeWeb;
    FakeOutgoing fakeOutgoing;
    FakeJobs fakeJobs;
    FakeTickets fakeTickets;

protected:
    std::vector<Named<Plugin>> find(const Point& point) override {
        std::vector<Named<Plugin>> found;
        for (const auto& [name, plugin] : plugins_) {
            if (name == point.name) {
                found.push_back(plugin);
            }
        }
        if (found.empty()) {
            throw std::logic_error(std::string("no plugin of point ") + point.name + " was added");
        }
        return found;
    }

private:
    std::string instance_;
    Crypto* crypto_ = &fakeCrypto;
    Jose* jose_ = &fakeJose;
    Records* records_ = &fakeRecords;
    std::vector<std::pair<std::string, Named<Plugin>>> plugins_;
};

}  // namespace gatehouse::testkit
