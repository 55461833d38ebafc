// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/ClientMetadataRuleContract.h>
#include <gatehouse/testkit/HostBed.h>

#include "PolicyMember.h"

namespace gatehouse {

namespace {

ValueMap member(Value value) {
    return {{"token_exchange", std::move(value)}};
}

struct PolicyBed : testkit::HostBed {
    std::unique_ptr<ClientMetadataRule> make() { return std::make_unique<PolicyMember>(); }
    ValueMap good() {
        return member(ValueMap{{"from", ValueList{"shop", "https://elsewhere.example"}},
                               {"as", ValueList{"impersonation", "delegation"}},
                               {"audience", ValueList{"https://api.example"}}});
    }
    std::vector<ValueMap> bad() {
        return {member(true),
                member(ValueMap{}),
                member(ValueMap{{"from", ValueList{"shop"}}}),
                member(ValueMap{{"as", ValueList{"delegation"}}}),
                member(ValueMap{{"from", ValueList{"shop"}}, {"as", ValueList{"anything"}}}),
                member(ValueMap{{"from", ValueList{}}, {"as", ValueList{"delegation"}}}),
                member(ValueMap{{"from", 7}, {"as", ValueList{"delegation"}}}),
                member(ValueMap{{"from", ValueList{"shop"}},
                                {"as", ValueList{"delegation"}},
                                {"scope", ValueList{"x"}}})};
    }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::ClientMetadataRuleContract<PolicyBed>);

}  // namespace gatehouse
