// SPDX-License-Identifier: Apache-2.0
#include "KeycloakFormat.h"

#include <gatehouse/testkit/ImportFormatContract.h>

namespace gatehouse {

namespace {

struct Bed {
    std::unique_ptr<ImportFormat> make() { return std::make_unique<KeycloakFormat>(); }
    std::string file() {
        return R"({"realm": "r", "users": [{"id": "u", "username": "ada", "credentials": [{"type": "password", "secretData": "{}", "credentialData": "{}"}, {"type": "otp"}], "attributes": {"locale": ["de"]}}], "clients": [{"clientId": "shop", "secret": "0123456789abcdef", "redirectUris": ["https://shop.example/cb"], "attributes": {"post.logout.redirect.uris": "+##/bye", "access.token.lifespan": "60"}}]})";
    }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::ImportFormatContract<Bed>);

}  // namespace gatehouse
