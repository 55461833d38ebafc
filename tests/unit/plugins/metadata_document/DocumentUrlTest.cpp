// SPDX-License-Identifier: Apache-2.0
#include "DocumentUrl.h"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

namespace gatehouse {

class DocumentUrlTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(DocumentUrlTest);
    CPPUNIT_TEST(anAddressWithAPathIsOne);
    CPPUNIT_TEST(otherAddressesAreNone);
    CPPUNIT_TEST(itsHostIsToldWithoutPort);
    CPPUNIT_TEST_SUITE_END();

public:
    void anAddressWithAPathIsOne() {
        for (const auto* url :
             {"https://app.example/", "https://app.example/client.json",
              "https://app.example:8443/a/b?v=1", "https://app.example/.well-known/client",
              "https://app.example/a/...", "https://app.example/%2ehidden",
              "https://app.example/a?b=/../c", "https://192.0.2.1/client"}) {
            CPPUNIT_ASSERT_MESSAGE(url, isDocumentUrl(url));
        }
    }

    void otherAddressesAreNone() {
        for (const auto* url : {"",
                                "site",
                                "https://",
                                "https://app.example",
                                "https://app.example?v=1",
                                "http://app.example/client",
                                "HTTPS://app.example/client",
                                "https://ada@app.example/client",
                                "https://ada:secret@app.example/client",
                                "https://app.example/client#one",
                                "https://app.example/client#",
                                "https:///client",
                                "https://app.example/a/../client",
                                "https://app.example/./client",
                                "https://app.example/a/..",
                                "https://app.example/a/.?v=1",
                                "https://app.example/%2e%2E/client",
                                "https://app.example/.%2e/client",
                                "https://app.example/a/%2e",
                                "https://app.example:0/client",
                                "https://app.example:99999/client",
                                "https://app.example/a b",
                                "https://app.example\\@evil.example/client",
                                "https://app.example/\n",
                                "https://app.example/\xc3\xa4"}) {
            CPPUNIT_ASSERT_MESSAGE(url, !isDocumentUrl(url));
        }
        CPPUNIT_ASSERT(!isDocumentUrl("https://app.example/" + std::string(236, 'x')));
        CPPUNIT_ASSERT(isDocumentUrl("https://app.example/" + std::string(235, 'x')));
    }

    void itsHostIsToldWithoutPort() {
        CPPUNIT_ASSERT_EQUAL(std::string("app.example"),
                             std::string(hostOfDocument("https://app.example:8443/client")));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(DocumentUrlTest);

}  // namespace gatehouse
