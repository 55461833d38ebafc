// SPDX-License-Identifier: Apache-2.0
#include "app/Issuers.h"

#include "ConfigurationText.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class IssuersTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(IssuersTest);
    CPPUNIT_TEST(theUrlIsKeptAsItIsAndItsPathTaken);
    CPPUNIT_TEST(withoutOneItIsWhereTheServerListens);
    CPPUNIT_TEST(aQueryOrFragmentOrUserIsRefused);
    CPPUNIT_TEST(aSlashAtTheEndIsRefusedWithTheCure);
    CPPUNIT_TEST(anyFreePortNeedsAnIssuer);
    CPPUNIT_TEST_SUITE_END();

public:
    void theUrlIsKeptAsItIsAndItsPathTaken() {
        check("https://id.example.org", "");
        check("https://id.example.org/tenant/one", "/tenant/one");
    }

    void withoutOneItIsWhereTheServerListens() {
        const auto issuers = read("server: {host: \"::1\", port: 8080}");
        CPPUNIT_ASSERT(problems_.empty());
        CPPUNIT_ASSERT_EQUAL(std::string("http://[::1]:8080"), issuers.at(0).url);
    }

    void aQueryOrFragmentOrUserIsRefused() {
        for (const char* url : {"https://a.example?x=1", "https://a.example#x",
                                "https://u@a.example", "ftp://a.example"}) {
            problems_ = {};
            read("oauth: {issuer: \"" + std::string(url) + "\"}");
            CPPUNIT_ASSERT_EQUAL(std::size_t{1}, problems_.size());
            CPPUNIT_ASSERT_EQUAL(1, problems_.begin()->place.line);
        }
    }

    void aSlashAtTheEndIsRefusedWithTheCure() {
        for (const char* url : {"https://id.example.org/", "https://id.example.org/tenant/"}) {
            problems_ = {};
            read("oauth: {issuer: \"" + std::string(url) + "\"}");
            CPPUNIT_ASSERT_EQUAL(std::size_t{1}, problems_.size());
            CPPUNIT_ASSERT(problems_.begin()->text.find("ends in a slash; drop it") !=
                           std::string::npos);
        }
    }

    void anyFreePortNeedsAnIssuer() {
        read("server: {port: 0}");
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, problems_.size());
    }

private:
    std::vector<Issuer> read(const std::string& text) {
        return issuersOf(configurationOf(text, folder_.path()), problems_);
    }

    void check(const std::string& url, const std::string& path) {
        const auto issuers = read("oauth: {issuer: \"" + url + "\"}");
        CPPUNIT_ASSERT(problems_.empty());
        CPPUNIT_ASSERT_EQUAL(url, issuers.at(0).url);
        CPPUNIT_ASSERT_EQUAL(path, issuers.at(0).path);
    }

    ScratchFolder folder_;
    Problems problems_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(IssuersTest);

}  // namespace gatehouse
