// SPDX-License-Identifier: Apache-2.0
#include "BoundTokensMember.h"

#include <gatehouse/testkit/ClientMetadataRuleContract.h>
#include <gatehouse/testkit/HostBed.h>

#include <string>

namespace gatehouse {

namespace {

const std::string member(boundTokensMember);

struct BoundTokensBed : testkit::HostBed {
    std::unique_ptr<ClientMetadataRule> make() { return std::make_unique<BoundTokensMember>(); }
    ValueMap good() { return {{member, true}}; }
    std::vector<ValueMap> bad() {
        return {{{member, "true"}},
                {{member, 1}},
                {{member, true}, {"dpop_bound_access_tokens", true}}};
    }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::ClientMetadataRuleContract<BoundTokensBed>);

}  // namespace gatehouse
