// SPDX-License-Identifier: Apache-2.0
#include "page/ContentPolicy.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class ContentPolicyTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ContentPolicyTest);
    CPPUNIT_TEST(nothingIsAllowedThatAPageDoesNotNeed);
    CPPUNIT_TEST(aLogoAndAScriptAreAllowedByName);
    CPPUNIT_TEST(onlyAFormForASiteMayLeadAway);
    CPPUNIT_TEST(framesAreAllowedByName);
    CPPUNIT_TEST(soManyFramesThatTheirNamesAreNoHeaderAreAllowedByScheme);
    CPPUNIT_TEST(anOriginIsTakenOnlyFromAPlainWebAddress);
    CPPUNIT_TEST_SUITE_END();

public:
    void nothingIsAllowedThatAPageDoesNotNeed() {
        const ContentPolicy policy{"'sha256-x'", "", "", false};
        CPPUNIT_ASSERT_EQUAL(
            std::string("default-src 'none'; style-src 'sha256-x'; img-src 'self' data:; "
                        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"),
            policy.text());
    }

    void aLogoAndAScriptAreAllowedByName() {
        const ContentPolicy policy{"'sha256-x'", " 'sha256-y'", "https://logo.example", false};
        CPPUNIT_ASSERT(policy.text().find("img-src 'self' data: https://logo.example;") !=
                       std::string::npos);
        CPPUNIT_ASSERT(policy.text().find("script-src 'sha256-y';") != std::string::npos);
    }

    void framesAreAllowedByName() {
        ContentPolicy policy;
        CPPUNIT_ASSERT(policy.text().find("frame-src") == std::string::npos);
        policy.frameOrigins = {"https://a.example", "https://b.example"};
        CPPUNIT_ASSERT(policy.text().find("; frame-src https://a.example https://b.example;") !=
                       std::string::npos);
    }

    void soManyFramesThatTheirNamesAreNoHeaderAreAllowedByScheme() {
        ContentPolicy policy;
        policy.frameOrigins.assign(200, "https://site.example.org");
        CPPUNIT_ASSERT(policy.text().find("; frame-src https:;") != std::string::npos);
        policy.frameOrigins.emplace_back("http://127.0.0.1:3000");
        CPPUNIT_ASSERT(policy.text().find("; frame-src https: http:;") != std::string::npos);
    }

    void onlyAFormForASiteMayLeadAway() {
        CPPUNIT_ASSERT(ContentPolicy{}.text().find("form-action 'self';") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::string("default-src 'none'; style-src 'sha256-x'; img-src 'self' "
                                         "data:; frame-ancestors 'none'; base-uri 'none'"),
                             ContentPolicy({"'sha256-x'", "", "", true}).text());
    }

    void anOriginIsTakenOnlyFromAPlainWebAddress() {
        CPPUNIT_ASSERT_EQUAL(std::string("https://a.example"), originOf("https://a.example"));
        CPPUNIT_ASSERT_EQUAL(std::string("https://a.example:8443"),
                             originOf("https://a.example:8443/x?y#z"));
        CPPUNIT_ASSERT_EQUAL(std::string("http://a.example"), originOf("http://a.example?x"));
        for (const auto* wrong :
             {"", "javascript:alert(1)", "data:text/html,x", "//a.example", "ftp://a.example",
              "https://", "https://a.example;script-src", "https://a.example 'unsafe-inline'",
              "https://user@a.example", "https://*/", "HTTPS://a.example\r\nX: y"}) {
            CPPUNIT_ASSERT_EQUAL_MESSAGE(wrong, std::string(), originOf(wrong));
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ContentPolicyTest);

}  // namespace gatehouse
