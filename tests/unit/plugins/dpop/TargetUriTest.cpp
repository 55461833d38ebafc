// SPDX-License-Identifier: Apache-2.0
#include "TargetUri.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class TargetUriTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TargetUriTest);
    CPPUNIT_TEST(oneTargetInManySpellings);
    CPPUNIT_TEST(otherTargets);
    CPPUNIT_TEST(otherTargetsOfAnIssuerWithAPortAndAPath);
    CPPUNIT_TEST(ofAnAddressInBrackets);
    CPPUNIT_TEST(normalizingIsDoneOnce);
    CPPUNIT_TEST_SUITE_END();

    static constexpr const char* target = "https://id.example.org/api/oauth/token";

public:
    void oneTargetInManySpellings() {
        for (const char* same :
             {"https://id.example.org/api/oauth/token", "HTTPS://ID.Example.ORG/api/oauth/token",
              "https://id.example.org:443/api/oauth/token",
              "https://id.example.org:/api/oauth/token",
              "https://id.example.org/api/oauth/token?a=b",
              "https://id.example.org/api/oauth/token#c", "https://id.example.org/api/oauth/token?",
              "https://id.example.org/%61pi/oauth/tok%65n",
              "https://id.example.org/api/./oauth/token",
              "https://id.example.org/x/../api/oauth/token",
              "https://id.example.org/x/%2e%2E/api/oauth/token"}) {
            CPPUNIT_ASSERT_MESSAGE(same, isSameTarget(same, target));
        }
        CPPUNIT_ASSERT(isSameTarget("http://h:80/a%2fb", "http://h/a%2Fb"));
        CPPUNIT_ASSERT(isSameTarget("https://h", "https://h/"));
    }

    void otherTargets() {
        for (const char* other : {"",
                                  "/api/oauth/token",
                                  "id.example.org/api/oauth/token",
                                  "https:id.example.org",
                                  "http://id.example.org/api/oauth/token",
                                  "https://id.example.org/API/oauth/token",
                                  "https://id.example.org/api/oauth/token/",
                                  "https://id.example.org//api/oauth/token",
                                  "https://id.example.org/api/oauth/userinfo",
                                  "https://id.example.org./api/oauth/token",
                                  "https://id.example.org:8443/api/oauth/token",
                                  "https://id.example.org:0443/api/oauth/token",
                                  "https://id.example.org:80/api/oauth/token",
                                  "https://id.example.org@evil.example/api/oauth/token",
                                  "https://a@id.example.org/api/oauth/token",
                                  "https://a:443@id.example.org/api/oauth/token",
                                  "https://id.example.org\\@evil.example/api/oauth/token",
                                  "https://id%2eexample.org/api/oauth/token",
                                  "https://id.example.org/api%2foauth/token",
                                  "https://id.example.org/api/oauth/token%00",
                                  "https://id.example.org/api/oauth/token%",
                                  "https://id.example.org/api/oauth/token/..",
                                  " https://id.example.org/api/oauth/token",
                                  "https://id.example.org/api/oauth/token ",
                                  "https://id.example.org?/api/oauth/token",
                                  "ftp://id.example.org/api/oauth/token",
                                  "https:///api/oauth/token",
                                  "https://id.example.org:443:443/api/oauth/token",
                                  "https://id.example.org:443:/api/oauth/token"}) {
            CPPUNIT_ASSERT_MESSAGE(other, !isSameTarget(other, target));
        }
    }

    void otherTargetsOfAnIssuerWithAPortAndAPath() {
        const char* own = "http://localhost:8080/tenant/api/oauth/token";
        CPPUNIT_ASSERT(isSameTarget("http://LOCALHOST:8080/tenant/api/oauth/token", own));
        CPPUNIT_ASSERT(!isSameTarget("http://localhost/tenant/api/oauth/token", own));
        CPPUNIT_ASSERT(!isSameTarget("http://localhost:8080/api/oauth/token", own));
        CPPUNIT_ASSERT(!isSameTarget("http://localhost:8080/other/api/oauth/token", own));
    }

    void ofAnAddressInBrackets() {
        CPPUNIT_ASSERT(isSameTarget("https://[2001:DB8::1]:443/t", "https://[2001:db8::1]/t"));
        CPPUNIT_ASSERT(!isSameTarget("https://[2001:db8::2]/t", "https://[2001:db8::1]/t"));
        CPPUNIT_ASSERT(!isSameTarget("https://[::443]/t", "https://[::]/t"));
    }

    void normalizingIsDoneOnce() {
        for (const char* odd : {"https://h/%2541", "https://h/%25%34%31", "https://h/a/../../b/.",
                                "https://h/..", "https://h/%", "https://h:443:/",
                                "https://h:443:443", "https://h/x%/%2e/../a", "https://h/%%32e"}) {
            const auto normal = normalTarget(odd);
            CPPUNIT_ASSERT_EQUAL(normal, normalTarget(normal));
        }
        CPPUNIT_ASSERT_EQUAL(std::string("https://h/%2541"), normalTarget("https://h/%2541"));
        CPPUNIT_ASSERT_EQUAL(std::string("https://h/b/"), normalTarget("https://h/a/../../b/."));
        CPPUNIT_ASSERT_EQUAL(std::string("https://h/"), normalTarget("https://h/.."));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TargetUriTest);

}  // namespace gatehouse
