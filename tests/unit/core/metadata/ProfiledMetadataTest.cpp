// SPDX-License-Identifier: Apache-2.0
#include "metadata/ProfiledMetadata.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class ProfiledMetadataTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ProfiledMetadataTest);
    CPPUNIT_TEST(withoutAProfileAllIsTold);
    CPPUNIT_TEST(listsKeepWhatIsAdmitted);
    CPPUNIT_TEST(aListOfNothingIsNotTold);
    CPPUNIT_TEST(whatAllClientsHaveToDoIsTold);
    CPPUNIT_TEST(whatNobodySaidIsNotAdded);
    CPPUNIT_TEST_SUITE_END();

    const ValueMap metadata_{{"issuer", "https://id.example"},
                             {"response_types_supported", ValueList{"code", "code id_token"}},
                             {"grant_types_supported",
                              ValueList{"authorization_code", "implicit", "client_credentials"}},
                             {"token_endpoint_auth_methods_supported",
                              ValueList{"client_secret_basic", "private_key_jwt", "none"}},
                             {"id_token_signing_alg_values_supported", ValueList{"RS256", "ES256"}},
                             {"dpop_signing_alg_values_supported", ValueList{"ES384", "ES256"}},
                             {"scopes_supported", ValueList{"openid"}}};

public:
    void withoutAProfileAllIsTold() {
        CPPUNIT_ASSERT(profiledMetadata("", metadata_) == metadata_);
    }

    void listsKeepWhatIsAdmitted() {
        const ValueMap expected{
            {"issuer", "https://id.example"},
            {"response_types_supported", ValueList{"code"}},
            {"grant_types_supported", ValueList{"authorization_code", "client_credentials"}},
            {"token_endpoint_auth_methods_supported", ValueList{"private_key_jwt"}},
            {"id_token_signing_alg_values_supported", ValueList{"ES256"}},
            {"dpop_signing_alg_values_supported", ValueList{"ES256"}},
            {"scopes_supported", ValueList{"openid"}}};
        CPPUNIT_ASSERT(profiledMetadata("fapi2", metadata_) == expected);
    }

    void aListOfNothingIsNotTold() {
        const ValueMap metadata{{"userinfo_signing_alg_values_supported", ValueList{"RS256"}}};
        CPPUNIT_ASSERT(profiledMetadata("fapi2", metadata).empty());
        CPPUNIT_ASSERT(profiledMetadata("oauth2.1", metadata) == metadata);
    }

    void whatAllClientsHaveToDoIsTold() {
        const ValueMap metadata{{"require_pushed_authorization_requests", false},
                                {"require_signed_request_object", false}};
        const auto told = profiledMetadata("fapi2", metadata);
        CPPUNIT_ASSERT(*told.find("require_pushed_authorization_requests") == Value(true));
        CPPUNIT_ASSERT(*told.find("require_signed_request_object") == Value(false));
        const auto signing = profiledMetadata("fapi2_message_signing", metadata);
        CPPUNIT_ASSERT(*signing.find("require_signed_request_object") == Value(true));
    }

    void whatNobodySaidIsNotAdded() { CPPUNIT_ASSERT(profiledMetadata("fapi2", {}).empty()); }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ProfiledMetadataTest);

}  // namespace gatehouse
