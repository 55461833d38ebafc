// SPDX-License-Identifier: Apache-2.0
#include "RequestObjectMembers.h"

#include <gatehouse/testkit/ClientMetadataRuleContract.h>
#include <gatehouse/testkit/HostBed.h>

namespace gatehouse {

namespace {

struct RequestObjectMembersBed : testkit::HostBed {
    std::unique_ptr<ClientMetadataRule> make() { return std::make_unique<RequestObjectMembers>(); }
    ValueMap good() {
        return {{"request_uris", ValueList{"https://site.example/object#hash"}},
                {"request_object_encryption_alg", "ECDH-ES"},
                {"request_object_encryption_enc", "A256GCM"},
                {"require_signed_request_object", false}};
    }
    std::vector<ValueMap> bad() {
        const ValueMap jwks{{"keys", ValueList{}}};
        return {{{"request_object_signing_alg", "none"}, {"jwks", jwks}},
                {{"request_object_signing_alg", "HS256"}, {"jwks", jwks}},
                {{"request_object_signing_alg", "ES256"}},
                {{"require_signed_request_object", true}},
                {{"require_signed_request_object", "true"}, {"jwks", jwks}},
                {{"request_object_encryption_alg", "dir"}},
                {{"request_object_encryption_enc", "A256GCM"}},
                {{"request_uris", "https://site.example/object"}},
                {{"request_uris", ValueList{"ftp://site.example/object"}}},
                {{"request_uris", ValueList{"https://site.example/an object"}}},
                {{"request_uris", ValueList{"https://#hash"}}},
                {{"request_uris", ValueList{"https://site.example/" + std::string(600, 'x')}}},
                {{"request_uris", ValueList(65, "https://site.example/object")}}};
    }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::ClientMetadataRuleContract<RequestObjectMembersBed>);

}  // namespace gatehouse
