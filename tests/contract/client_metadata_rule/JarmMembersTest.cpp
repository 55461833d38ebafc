// SPDX-License-Identifier: Apache-2.0
#include "JarmMembers.h"

#include <gatehouse/testkit/ClientMetadataRuleContract.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/HostBed.h>

namespace gatehouse {

namespace {

struct JarmMembersBed : testkit::HostBed {
    std::unique_ptr<ClientMetadataRule> make() {
        auto rule = std::make_unique<JarmMembers>();
        CPPUNIT_ASSERT(rule->configure(testkit::FakeConfig(fieldsOf<JarmMembers>()), host));
        return rule;
    }
    ValueMap good() { return {{"authorization_signed_response_alg", "ES256"}}; }
    std::vector<ValueMap> bad() {
        return {{{"authorization_signed_response_alg", "none"}},
                {{"authorization_signed_response_alg", "HS256"}},
                {{"authorization_signed_response_alg", 1}},
                {{"authorization_encrypted_response_alg", "dir"}},
                {{"authorization_encrypted_response_alg", "ECDH-ES"}},
                {{"authorization_encrypted_response_enc", "A256GCM"}}};
    }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::ClientMetadataRuleContract<JarmMembersBed>);

}  // namespace gatehouse
