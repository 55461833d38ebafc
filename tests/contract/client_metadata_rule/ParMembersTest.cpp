// SPDX-License-Identifier: Apache-2.0
#include "ParMembers.h"

#include <gatehouse/testkit/ClientMetadataRuleContract.h>
#include <gatehouse/testkit/HostBed.h>

namespace gatehouse {

namespace {

struct ParMembersBed : testkit::HostBed {
    std::unique_ptr<ClientMetadataRule> make() { return std::make_unique<ParMembers>(); }
    ValueMap good() { return {{"require_pushed_authorization_requests", true}}; }
    std::vector<ValueMap> bad() {
        return {{{"require_pushed_authorization_requests", "true"}},
                {{"require_pushed_authorization_requests", 1}}};
    }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::ClientMetadataRuleContract<ParMembersBed>);

}  // namespace gatehouse
