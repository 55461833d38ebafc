// SPDX-License-Identifier: Apache-2.0
#include "AutheliaFormat.h"

#include <gatehouse/testkit/ImportFormatContract.h>

namespace gatehouse {

namespace {

struct Bed {
    std::unique_ptr<ImportFormat> make() { return std::make_unique<AutheliaFormat>(); }
    std::string file() {
        return R"(---
users:
  ada: {disabled: false, displayname: "Ada", password: "$2b$", groups: [x]}
  bob: {password: "$2b$"}
identity_providers:
  oidc:
    clients:
      - client_id: wiki
        client_secret: "$plaintext$0123456789abcdef"
        redirect_uris: ["https://wiki.example/cb"]
)";
    }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::ImportFormatContract<Bed>);

}  // namespace gatehouse
