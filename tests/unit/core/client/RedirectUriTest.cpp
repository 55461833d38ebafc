// SPDX-License-Identifier: Apache-2.0
#include "client/RedirectUri.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class RedirectUriTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RedirectUriTest);
    CPPUNIT_TEST(theseMayBeRegistered);
    CPPUNIT_TEST(theseMayNot);
    CPPUNIT_TEST(whatCanNeverMatchIsRefusedWithTheReason);
    CPPUNIT_TEST(aShortAppSchemeNeedsTheSwitch);
    CPPUNIT_TEST_SUITE_END();

public:
    void theseMayBeRegistered() {
        for (const char* uri :
             {"https://site.example/callback", "https://site.example/cb?tenant=1", "https://a:8443",
              "http://127.0.0.1/cb", "http://127.0.0.1:1314/demo/callback", "http://[::1]:80/cb",
              "http://localhost:3000/cb", "com.example.app:/oauth",
              "https://xn--bcher-kva.example:443/cb/%C3%A4?x=%2A", "http://[::1]/cb",
              "https://site_1.example/a;b=c,d/@x:y", "https://192.0.2.1/cb",
              "com.example.app:cb"}) {
            CPPUNIT_ASSERT_EQUAL_MESSAGE(uri, std::string(), redirectUriProblem(uri));
        }
    }

    void whatCanNeverMatchIsRefusedWithTheReason() {
        struct Case {
            const char* uri;
            const char* reason;
        };
        const Case cases[] = {
            {"https://site.example:*/cb", "wildcard"},
            {"http://127.0.0.1:*/cb", "wildcard"},
            {"https://site.example:abc/cb", "port"},
            {"https://site.example:99999/cb", "port"},
            {"https://site.example:0/cb", "port"},
            {"https://site.example:/cb", "port"},
            {"https://[zz]/cb", "host"},
            {"https://[::1/cb", "host"},
            {"https://*.site.example/cb", "wildcard"},
            {"https://a..b/cb", "host"},
            {"https://.a/cb", "host"},
            {"https://a./cb", "host"},
            {"https://-a.example/cb", "host"},
            {"https://256.1.1.1/cb", "host"},
            {"https://:443/cb", "no host"},
            {"https://site.example/*", "wildcard"},
            {"https://site.example/%zz", "%"},
            {"https://site.example/cb?x=%2", "%"},
            {"https://site.example/a/../cb", "browser"},
            {"https://site.example/.", "browser"},
            {"https://site.example/[x]", "bracket"},
            {"com.example.app:", "nothing"},
            {"com.example.app:/*", "wildcard"},
        };
        for (const auto& each : cases) {
            const auto problem = redirectUriProblem(each.uri);
            CPPUNIT_ASSERT_MESSAGE(each.uri + (": " + problem),
                                   problem.find(each.reason) != std::string::npos);
        }
    }

    void aShortAppSchemeNeedsTheSwitch() {
        for (const char* uri :
             {"cursor://anysphere/cb", "vscode://x.y/cb", "audiobookshelf://oauth"}) {
            CPPUNIT_ASSERT(redirectUriProblem(uri).find("any_app_scheme") != std::string::npos);
            CPPUNIT_ASSERT_EQUAL(std::string(), redirectUriProblem(uri, AppSchemes::any));
        }
        for (const char* uri : {"javascript:alert(1)", "data:text/html,x", "file:///etc/passwd",
                                "blob:x", "intent:x", "ws://a/b", "view-source:https://a"}) {
            CPPUNIT_ASSERT_MESSAGE(uri, !redirectUriProblem(uri, AppSchemes::any).empty());
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
