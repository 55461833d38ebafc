// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/testkit/FakeClients.h>
#include <gatehouse/testkit/FakeConsents.h>
#include <gatehouse/testkit/FakeDiscovery.h>
#include <gatehouse/testkit/FakeLogins.h>
#include <gatehouse/testkit/FakeMails.h>
#include <gatehouse/testkit/FakePages.h>
#include <gatehouse/testkit/FakePeople.h>
#include <gatehouse/testkit/FakeRecentEvents.h>
#include <gatehouse/testkit/FakeRequests.h>
#include <gatehouse/testkit/FakeServerState.h>
#include <gatehouse/testkit/FakeSessions.h>
#include <gatehouse/testkit/FakeTokens.h>
#include <gatehouse/testkit/HostBed.h>

#include <optional>

namespace gatehouse::testkit {

/// A HostBed whose host lends every facade as well; they go away and are slow with the rest.
struct FacadeBed : HostBed {
    FacadeBed() {
        host.add<Clients>("clients", clients);
        host.add<Tokens>("tokens", tokens);
        host.add<People>("people", people);
        host.add<Sessions>("sessions", sessions);
        host.add<Pages>("pages", pages);
        host.add<Mails>("mails", mails);
        host.add<Consents>("consents", consents);
        host.add<RecentEvents>("recent_events", recentEvents);
        host.add<Discovery>("discovery", discovery);
        host.add<ServerState>("server_state", serverState);
        host.add<Logins>("logins", logins);
        host.add<Requests>("requests", requests);
    }
    void kill() {
        HostBed::kill();
        backend.fail(Error::unavailable("the backend is away"));
    }
    void revive() {
        HostBed::revive();
        backend.fail(std::nullopt);
    }
    void slowDown(milliseconds each) {
        HostBed::slowDown(each);
        backend.slowDown(host.fakeClock, each);
    }

    FakeBackend backend;
    FakeClients clients{backend};
    FakeTokens tokens{backend};
    FakePeople people{backend};
    FakeSessions sessions{backend};
    FakePages pages;
    FakeMails mails{backend};
    FakeConsents consents{backend};
    FakeRecentEvents recentEvents{backend};
    FakeDiscovery discovery;
    FakeServerState serverState;
    FakeLogins logins{backend};
    FakeRequests requests{backend};
};

}  // namespace gatehouse::testkit
