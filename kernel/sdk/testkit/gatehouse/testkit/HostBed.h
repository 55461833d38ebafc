// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/testkit/FakeHost.h>

#include <optional>

namespace gatehouse::testkit {

/// The part of a bed that a plugin's host is: all that it asks can go away and be slow, see
/// PluginCase. `struct AcmeBed : gatehouse::testkit::HostBed { ... }`
struct HostBed {
    void kill() { fail(Error::unavailable("the backend is away")); }
    void revive() { fail(std::nullopt); }
    void slowDown(milliseconds each) {
        host.fakeRecords.slowDown(host.fakeClock, each);
        host.fakeJobs.slowDown(host.fakeClock, each);
        host.fakeOutgoing.slowDown(host.fakeClock, each);
    }
    int refused() const {
        return host.fakeRecords.refused() + host.fakeJobs.refused() + host.fakeOutgoing.refused() +
               host.fakeLog.refused();
    }
    SteadyPoint now() { return host.fakeClock.steady(); }

    FakeHost host;

private:
    void fail(const std::optional<Error>& failure) {
        host.fakeRecords.fail(failure);
        host.fakeJobs.fail(failure);
        host.fakeOutgoing.fail(failure);
        host.fakeLog.fail(failure);
    }
};

}  // namespace gatehouse::testkit
