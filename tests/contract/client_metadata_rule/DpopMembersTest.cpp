// SPDX-License-Identifier: Apache-2.0
#include "DpopMembers.h"

#include <gatehouse/testkit/ClientMetadataRuleContract.h>
#include <gatehouse/testkit/HostBed.h>

namespace gatehouse {

namespace {

struct DpopMembersBed : testkit::HostBed {
    std::unique_ptr<ClientMetadataRule> make() { return std::make_unique<DpopMembers>(); }
    ValueMap good() { return {{"dpop_bound_access_tokens", true}}; }
    std::vector<ValueMap> bad() {
        return {{{"dpop_bound_access_tokens", "true"}}, {{"dpop_bound_access_tokens", 1}}};
    }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::ClientMetadataRuleContract<DpopMembersBed>);

}  // namespace gatehouse
