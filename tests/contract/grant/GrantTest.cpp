// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/Promise.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/GrantContract.h>
#include <gatehouse/testkit/HostBed.h>

extern "C" const gatehouse::PluginDescriptor* gatehouse_plugin() noexcept;

namespace gatehouse {

namespace {

/// The grant that is linked.
struct OwnGrantBed : testkit::HostBed {
    std::unique_ptr<Grant> make() {
        std::unique_ptr<Grant> grant(dynamic_cast<Grant*>(gatehouse_plugin()->create()));
        const testkit::FakeConfig config(gatehouse_plugin()->fields);
        CPPUNIT_ASSERT(grant->configure(config, host));
        CPPUNIT_ASSERT(grant->start());
        Authorization authorization;
        authorization.subject = Subject::person("local", "ann");
        authorization.scopes = {"openid"};
        Client shop;
        shop.id = "shop";
        for (const auto kind :
             {TicketKind::authorizationCode, std::string_view("refresh_token"), Promise::ticket}) {
            CPPUNIT_ASSERT(host.fakeTickets.issue(context, kind, shop, authorization, seconds{60}));
        }
        return grant;
    }
    testkit::FakeTickets& tickets() { return host.fakeTickets; }
    std::vector<Form::Field> good() {
        const std::string_view name = gatehouse_plugin()->name;
        if (name == "authorization_code") {
            return {{"code", "ticket-1"}};
        }
        if (name == "refresh_token") {
            return {{"refresh_token", "ticket-2"}, {"scope", "openid"}};
        }
        if (name == "device_code") {
            return {{"device_code", "ticket-3"}};
        }
        return {};
    }

    testkit::FakeContext context;
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::GrantContract<OwnGrantBed>);

}  // namespace gatehouse
