// SPDX-License-Identifier: Apache-2.0
#include "UsersFormat.h"

#include <gatehouse/testkit/ImportFormatContract.h>

namespace gatehouse {

namespace {

struct Bed {
    std::unique_ptr<ImportFormat> make() { return std::make_unique<UsersFormat>(); }
    std::string file() {
        return R"([{"login": "ada", "id": "a-1", "password_hash": "$2b$", "groups": ["x"]}, {"login": "bob", "disabled": true}])";
    }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::ImportFormatContract<Bed>);

}  // namespace gatehouse
