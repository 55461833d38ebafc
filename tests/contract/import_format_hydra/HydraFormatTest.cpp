// SPDX-License-Identifier: Apache-2.0
#include "HydraFormat.h"

#include <gatehouse/testkit/ImportFormatContract.h>

namespace gatehouse {

namespace {

struct Bed {
    std::unique_ptr<ImportFormat> make() { return std::make_unique<HydraFormat>(); }
    std::string file() {
        return R"({"items": [{"client_id": "a", "grant_types": ["authorization_code"], "redirect_uris": ["https://a.example/cb"], "authorization_code_grant_access_token_lifespan": "1h0m5s"}, {"client_id": "b", "grant_types": ["client_credentials"]}], "next_page_token": ""})";
    }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::ImportFormatContract<Bed>);

}  // namespace gatehouse
