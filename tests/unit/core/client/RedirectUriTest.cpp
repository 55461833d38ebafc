// SPDX-License-Identifier: Apache-2.0
#include "client/RedirectUri.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class RedirectUriTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RedirectUriTest);
    CPPUNIT_TEST(theseMayBeRegistered);
    CPPUNIT_TEST(theseMayNot);
    CPPUNIT_TEST_SUITE_END();

public:
    void theseMayBeRegistered() {
        for (const char* uri :
             {"https://site.example/callback", "https://site.example/cb?tenant=1", "https://a:8443",
              "http://127.0.0.1/cb", "http://127.0.0.1:1314/demo/callback", "http://[::1]:80/cb",
              "http://localhost:3000/cb", "com.example.app:/oauth"}) {
            CPPUNIT_ASSERT_EQUAL_MESSAGE(uri, std::string(), redirectUriProblem(uri));
        }
    }

    void theseMayNot() {
        for (const char* uri :
             {"", "/callback", "site.example/cb", "https:", "https://", "https:///cb",
              "https://site.example/cb#x", "http://site.example/cb",
              "http://127.0.0.1.evil.example/cb", "http://localhost.evil/cb",
              "https://user@site.example/", "https://site.example/a b", "https://site.example/\r\n",
              "javascript:alert(1)", "data:text/html,x", "HTTPS://site.example/",
              "file:///etc/passwd", "https://site.example/\xc3\xa4"}) {
            CPPUNIT_ASSERT_MESSAGE(uri, !redirectUriProblem(uri).empty());
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RedirectUriTest);

}  // namespace gatehouse
