// SPDX-License-Identifier: Apache-2.0
#include "DetailMembers.h"

#include <gatehouse/testkit/ClientMetadataRuleContract.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/HostBed.h>

#include <string>

namespace gatehouse {

namespace {

struct MembersBed : testkit::HostBed {
    std::unique_ptr<ClientMetadataRule> make() {
        auto rule = std::make_unique<DetailMembers>();
        const testkit::FakeConfig config(
            fieldsOf<DetailMembers>(),
            {{"types", ValueMap{{"payment", ValueMap{{"title", "Pay"}, {"schema", ValueMap{}}}}}}});
        CPPUNIT_ASSERT(rule->configure(config, host));
        return rule;
    }
    ValueMap good() { return {{std::string(typesMember), ValueList{"payment"}}}; }
    std::vector<ValueMap> bad() {
        return {{{std::string(typesMember), "payment"}},
                {{std::string(typesMember), ValueList{"payment", "other"}}},
                {{std::string(typesMember), ValueList{7}}},
                {{std::string(typesMember), ValueMap{}}}};
    }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::ClientMetadataRuleContract<MembersBed>);

}  // namespace gatehouse
