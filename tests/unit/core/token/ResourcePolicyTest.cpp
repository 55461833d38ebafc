// SPDX-License-Identifier: Apache-2.0
#include "token/ResourcePolicy.h"

#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include "client/ClientRules.h"
#include "client/HeldProfiles.h"

#include <cppunit/extensions/HelperMacros.h>

#include <stdexcept>

namespace gatehouse {

class ResourcePolicyTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ResourcePolicyTest);
    CPPUNIT_TEST(eachIsNamedOnce);
    CPPUNIT_TEST(onlyAbsoluteUrisAreNamed);
    CPPUNIT_TEST(whatWasGrantedCanBeNarrowedAndNotWidened);
    CPPUNIT_TEST(whatNobodyKnowsIsNoTargetUnlessAnyIs);
    CPPUNIT_TEST(theServersOwnAudienceLeavesAll);
    CPPUNIT_TEST(severalLeaveWhatTheyHaveTogether);
    CPPUNIT_TEST(aClientThatIsNotNamedGetsNone);
    CPPUNIT_TEST(aClientUnderAProfileGetsNoneThatIsSignedOtherwise);
    CPPUNIT_TEST(whatARegistryThrowsIsNoAnswer);
    CPPUNIT_TEST(whoMayIntrospect);
    CPPUNIT_TEST_SUITE_END();

    using Texts = std::vector<std::string>;

    static Form named(const Texts& resources) {
        std::vector<Form::Field> fields{{"scope", "x"}};
        for (const auto& resource : resources) {
            fields.emplace_back("resource", resource);
        }
        return Form(std::move(fields));
    }

public:
    void eachIsNamedOnce() {
        const Texts expected{"https://a.example", "urn:b"};
        CPPUNIT_ASSERT(*requestedResources(named({"https://a.example", "", "urn:b", "urn:b"})) ==
                       expected);
        CPPUNIT_ASSERT(requestedResources(named({}))->empty());
    }

    void onlyAbsoluteUrisAreNamed() {
        for (const auto* resource : {"/a", "a.example", "https://a.example#f", "https:", "a b:c"}) {
            const auto refused = requestedResources(named({"https://a.example", resource}));
            CPPUNIT_ASSERT_MESSAGE(resource, !refused);
            CPPUNIT_ASSERT(refused.error().code == OAuthCode::invalidTarget);
        }
    }

    void whatWasGrantedCanBeNarrowedAndNotWidened() {
        const Texts granted{"a:1", "b:2"};
        CPPUNIT_ASSERT(*narrowedAudience(granted, {}) == granted);
        CPPUNIT_ASSERT(*narrowedAudience(granted, {"b:2"}) == Texts{"b:2"});
        CPPUNIT_ASSERT(!narrowedAudience(granted, {"b:2", "c:3"}));
        CPPUNIT_ASSERT(!narrowedAudience({}, {"c:3"}));
    }

    void whatNobodyKnowsIsNoTargetUnlessAnyIs() {
        const auto refused = policy().limits(context_, client_, {"urn:other"});
        CPPUNIT_ASSERT(!refused && refused.error().code == OAuthCode::invalidTarget);
        const auto taken = policy(true).limits(context_, client_, {"urn:other"});
        CPPUNIT_ASSERT(taken && !taken->scopes && namesIn(*taken) == Texts{"urn:other"});
    }

    void theServersOwnAudienceLeavesAll() {
        for (const auto& own : {context_.issuer.url, std::string("urn:default")}) {
            const auto limits = policy().limits(context_, client_, {own, "urn:orders"});
            CPPUNIT_ASSERT(limits && !limits->scopes && namesIn(*limits) == Texts{"urn:orders"});
        }
        CPPUNIT_ASSERT(policy().ownAudience(context_.issuer) == Texts{"urn:default"});
    }

    void severalLeaveWhatTheyHaveTogether() {
        const auto limits = policy().limits(context_, client_, {"urn:orders", "urn:mail"});
        CPPUNIT_ASSERT(limits && limits->scopes);
        CPPUNIT_ASSERT_EQUAL(std::string("read write mail"), limits->scopes->text());
        CPPUNIT_ASSERT(limits->longest == seconds{60});
        CPPUNIT_ASSERT_EQUAL(std::string("ES256"), limits->signingAlgorithm);
        const auto apart = policy().limits(context_, client_, {"urn:orders", "urn:ledger"});
        CPPUNIT_ASSERT(!apart && apart.error().code == OAuthCode::invalidTarget);
    }

    void aClientThatIsNotNamedGetsNone() {
        CPPUNIT_ASSERT(policy().limits(context_, client_, {"urn:mail"}));
        client_.id = "other";
        const auto refused = policy().limits(context_, client_, {"urn:mail"});
        CPPUNIT_ASSERT(!refused && refused.error().code == OAuthCode::invalidTarget);
    }

    void aClientUnderAProfileGetsNoneThatIsSignedOtherwise() {
        registry_.resources.front().signingAlgorithm = "RS256";
        CPPUNIT_ASSERT(policy().limits(context_, client_, {"urn:orders"}));
        client_.metadata.set("profile", "fapi2");
        const auto refused = policy().limits(context_, client_, {"urn:orders"});
        CPPUNIT_ASSERT(!refused && refused.error().code == OAuthCode::invalidTarget);
        CPPUNIT_ASSERT_EQUAL(
            std::string("urn:orders: signing_alg: RS256, which the profile fapi2 does not admit"),
            refused.error().detail);
        CPPUNIT_ASSERT(policy().limits(context_, client_, {"urn:ledger"}));
    }

    void whatARegistryThrowsIsNoAnswer() {
        registry_.isBroken = true;
        const auto refused = policy(true).limits(context_, client_, {"urn:orders"});
        CPPUNIT_ASSERT(!refused && refused.error().code == OAuthCode::serverError);
        client_.id = "api";
        CPPUNIT_ASSERT(!policy().mayIntrospect(context_, tokenFor("urn:orders"), client_));
    }

    void whoMayIntrospect() {
        CPPUNIT_ASSERT(*policy().mayIntrospect(context_, tokenFor("urn:other"), client_));
        client_.id = "api";
        CPPUNIT_ASSERT(*policy().mayIntrospect(context_, tokenFor("urn:orders"), client_));
        CPPUNIT_ASSERT(*policy().mayIntrospect(context_, tokenFor("api"), client_));
        CPPUNIT_ASSERT(!*policy().mayIntrospect(context_, tokenFor("urn:mail"), client_));
        CPPUNIT_ASSERT(!*policy().mayIntrospect(context_, tokenFor("urn:other"), client_));
    }

private:
    struct Registry final : ResourceRegistry {
        Result<std::shared_ptr<const ProtectedResource>>
        find(const Context&, std::string_view identifier) const override {
            if (isBroken) {
                throw std::runtime_error("broken");
            }
            for (const auto& resource : resources) {
                if (resource.identifier == identifier) {
                    return std::make_shared<const ProtectedResource>(resource);
                }
            }
            return std::shared_ptr<const ProtectedResource>();
        }
        std::vector<ProtectedResource> resources{
            {"urn:orders", "Orders", {"read", "write"}, "", "ES256", seconds{600}, {}, {"api"}},
            {"urn:mail", "", {"mail", "read"}, "", "", seconds{60}, {"shop"}, {}},
            {"urn:ledger", "", {}, "", "EdDSA", seconds{0}, {}, {}}};
        bool isBroken = false;
    };

    static Texts namesIn(const TokenLimits& limits) {
        Texts names;
        for (const auto& resource : limits.resources) {
            names.push_back(resource->identifier);
        }
        return names;
    }

    ResourcePolicy policy(bool takesAny = false) {
        return {host_, {{"test", &registry_}}, "urn:default", takesAny, &profiles_};
    }

    static TokenClaim tokenFor(const std::string& audience) {
        TokenClaim claim;
        claim.clientId = "shop";
        claim.audience = {audience};
        return claim;
    }

    testkit::FakeHost host_;
    testkit::FakeContext context_;
    const ClientRules rules_;
    const HeldProfiles profiles_{rules_, host_.jose(), ProfileSettings()};
    Registry registry_;
    Client client_ = [] {
        Client client;
        client.id = "shop";
        return client;
    }();
};

CPPUNIT_TEST_SUITE_REGISTRATION(ResourcePolicyTest);

}  // namespace gatehouse
