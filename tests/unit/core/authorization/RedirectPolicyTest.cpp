// SPDX-License-Identifier: Apache-2.0
#include "client/RedirectPolicy.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class RedirectPolicyTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RedirectPolicyTest);
    CPPUNIT_TEST(onlyTheRegisteredTextIsAllowed);
    CPPUNIT_TEST(onlyThePortOfALoopbackAddressMayDiffer);
    CPPUNIT_TEST(thePortOfLocalhostIsFreeWhereTheClientSaysSo);
    CPPUNIT_TEST(aClientWithoutUrisIsSentNowhere);
    CPPUNIT_TEST_SUITE_END();

    static bool allows(const char* registered, const std::string& asked) {
        Client client;
        client.redirectUris = {"https://other.example/", registered};
        return RedirectPolicy::allows(client, asked);
    }

public:
    void onlyTheRegisteredTextIsAllowed() {
        const auto* registered = "https://a.example/cb?x=1";
        CPPUNIT_ASSERT(allows(registered, registered));
        for (const auto* asked :
             {"https://a.example/cb", "https://a.example/cb?x=2", "https://a.example/cb?x=1&y=2",
              "https://a.example/cb?x=1#f", "https://A.example/cb?x=1", "http://a.example/cb?x=1",
              "https://a.example:443/cb?x=1", "https://a.example/cb/?x=1",
              "https://a.example/./cb?x=1", "https://a.example/cb?x=%31", "",
              "https://a.example.evil.example/cb?x=1", "https://a.example@evil.example/cb?x=1"}) {
            CPPUNIT_ASSERT_MESSAGE(asked, !allows(registered, asked));
        }
    }

    void onlyThePortOfALoopbackAddressMayDiffer() {
        struct Case {
            const char* registered;
            const char* asked;
            bool isAllowed;
        };
        const Case cases[] = {
            {"http://127.0.0.1/cb", "http://127.0.0.1:51004/cb", true},
            {"http://127.0.0.1:8080/cb", "http://127.0.0.1:51004/cb", true},
            {"http://127.0.0.1:8080/cb", "http://127.0.0.1/cb", true},
            {"http://[::1]/cb?x=1", "http://[::1]:51004/cb?x=1", true},
            {"http://127.0.0.1", "http://127.0.0.1:51004", true},
            {"http://127.0.0.1/cb", "http://127.0.0.1:51004/other", false},
            {"http://127.0.0.1/cb", "http://127.0.0.1:51004/cb?x=1", false},
            {"http://127.0.0.1/cb", "http://127.0.0.1:51004/cb#f", false},
            {"http://127.0.0.1/cb", "http://127.0.0.2:51004/cb", false},
            {"http://127.0.0.1/cb", "http://[::1]:51004/cb", false},
            {"http://127.0.0.1/cb", "https://127.0.0.1:51004/cb", false},
            {"http://127.0.0.1/cb", "http://localhost:51004/cb", false},
            {"http://localhost/cb", "http://localhost:51004/cb", false},
            {"https://127.0.0.1/cb", "https://127.0.0.1:51004/cb", false},
            {"http://127.0.0.1/cb", "http://127.0.0.1:80@evil.example/cb", false},
            {"http://127.0.0.1/cb", "http://127.0.0.1.evil.example/cb", false},
            {"http://127.0.0.1/cb", "http://127.0.0.1:x/cb", false},
            {"http://127.0.0.1/cb", "http://127.0.0.1:123456/cb", false},
            {"http://127.0.0.1/cb", "http://127.0.0.1@evil.example/cb", false},
            {"http://127.0.0.1/cb", "http://127.0.0.1\\@evil.example/cb", false},
        };
        for (const auto& each : cases) {
            CPPUNIT_ASSERT_EQUAL_MESSAGE(std::string(each.registered) + " " + each.asked,
                                         each.isAllowed, allows(each.registered, each.asked));
        }
    }

    void thePortOfLocalhostIsFreeWhereTheClientSaysSo() {
        Client client;
        client.redirectUris = {"http://localhost/cb"};
        const auto* asked = "http://localhost:51004/cb";
        CPPUNIT_ASSERT(!RedirectPolicy::allows(client, asked));
        CPPUNIT_ASSERT(RedirectPolicy::differsInLocalhostPort(client, asked));
        client.metadata = {{"any_localhost_port", true}};
        CPPUNIT_ASSERT(RedirectPolicy::allows(client, asked));
        CPPUNIT_ASSERT(!RedirectPolicy::differsInLocalhostPort(client, asked));
        for (const auto* other : {"http://localhost:51004/other", "https://localhost:51004/cb",
                                  "http://localhost.evil.example/cb", "http://127.0.0.1:51004/cb",
                                  "http://localhost:51004@evil.example/cb"}) {
            CPPUNIT_ASSERT_MESSAGE(other, !RedirectPolicy::allows(client, other));
            CPPUNIT_ASSERT_MESSAGE(other, !RedirectPolicy::differsInLocalhostPort(client, other));
        }
    }

    void aClientWithoutUrisIsSentNowhere() {
        CPPUNIT_ASSERT(!RedirectPolicy::allows(Client{}, ""));
        CPPUNIT_ASSERT(!RedirectPolicy::allows(Client{}, "https://a.example/"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RedirectPolicyTest);

}  // namespace gatehouse
