// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/Promise.h>
#include <gatehouse/point/ClientMetadataRule.h>
#include <gatehouse/testkit/FacadeBed.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/GrantContract.h>

extern "C" const gatehouse::PluginDescriptor* gatehouse_plugin() noexcept;

namespace gatehouse {

namespace {

struct NoMembers final : ClientMetadataRule {
    std::vector<std::string_view> members() const override { return {}; }
    Status admit(const Context&, const ValueMap&) const override { return done(); }
};

/// The grant that is linked.
struct OwnGrantBed : testkit::FacadeBed {
    OwnGrantBed() { host.add<ClientMetadataRule>("none", rule); }
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
             {TicketKind::authorizationCode, std::string_view("refresh_token"), Promise::ticket,
              std::string_view("access_token"), std::string_view("assertion")}) {
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
        if (name == "ciba") {
            return {{"auth_req_id", "ticket-3"}};
        }
        if (name == "token_exchange") {
            return {{"subject_token", "ticket-4"},
                    {"subject_token_type", "urn:ietf:params:oauth:token-type:access_token"}};
        }
        if (name == "jwt_bearer") {
            return {{"assertion", "ticket-5"}};
        }
        return {};
    }
    ValueMap metadata() {
        return {{"token_exchange",
                 ValueMap{{"from", ValueList{"shop"}}, {"as", ValueList{"impersonation"}}}}};
    }

    testkit::FakeContext context;
    NoMembers rule;
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::GrantContract<OwnGrantBed>);

}  // namespace gatehouse
