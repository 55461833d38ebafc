// SPDX-License-Identifier: Apache-2.0
#include "PublicClient.h"

#include <gatehouse/testkit/ClientAuthContract.h>
#include <gatehouse/testkit/HostBed.h>

namespace gatehouse {
namespace {

/// An app, which has nothing to prove.
struct PublicBed : testkit::HostBed {
    std::unique_ptr<ClientAuthMethod> make() { return std::make_unique<PublicClient>(); }
    Client client() {
        Client app;
        app.id = "app";
        app.authMethod = "none";
        return app;
    }
    testkit::SentForm right() { return {{}, Form(std::vector<Form::Field>{{"client_id", "app"}})}; }
    std::vector<testkit::SentForm> wrong() { return {}; }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::ClientAuthContract<PublicBed>);

}  // namespace gatehouse
