// SPDX-License-Identifier: Apache-2.0
#include "UpstreamSettings.h"

#include <gatehouse/testkit/FakeConfig.h>

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class UpstreamSettingsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(UpstreamSettingsTest);
    CPPUNIT_TEST(anIssuerIsEnough);
    CPPUNIT_TEST(withoutOneThereAreEndpoints);
    CPPUNIT_TEST(mistakesAreSaid);
    CPPUNIT_TEST_SUITE_END();

    static ValueMap openId(const ValueMap& more = {}) {
        ValueMap settings{{"display_name", "Work"},
                          {"issuer", "https://op.example"},
                          {"client_id", "here"},
                          {"client_secret", "secret"}};
        for (const auto& [name, value] : more) {
            settings.set(name, value);
        }
        return settings;
    }
    static Result<UpstreamSettings> read(const ValueMap& settings) {
        return readUpstreamSettings(testkit::FakeConfig(upstreamFields, settings));
    }
    static void assertSaid(const char* words, const ValueMap& settings) {
        const auto said = read(settings);
        CPPUNIT_ASSERT_MESSAGE(words, !said);
        CPPUNIT_ASSERT_MESSAGE(said.error().detail,
                               said.error().detail.find(words) != std::string::npos);
    }

public:
    void anIssuerIsEnough() {
        const auto settings = read(openId());
        CPPUNIT_ASSERT_MESSAGE(settings ? "" : settings.error().detail, bool(settings));
        CPPUNIT_ASSERT(settings->isOpenId());
        CPPUNIT_ASSERT_EQUAL(std::string("openid profile email"), settings->scope);
        CPPUNIT_ASSERT(settings->link == LinkRule::nobody && !settings->createsAccounts);
        CPPUNIT_ASSERT_EQUAL(std::string("name"), settings->nameOf("name"));
    }

    void withoutOneThereAreEndpoints() {
        const ValueMap plain{{"display_name", "Hub"},
                             {"authorization_endpoint", "https://hub.example/authorize"},
                             {"token_endpoint", "https://hub.example/token"},
                             {"userinfo_endpoint", "https://api.hub.example/user"},
                             {"client_id", "here"},
                             {"token_endpoint_auth_method", "none"},
                             {"claims", ValueMap{{"sub", "id"}}}};
        const auto settings = read(plain);
        CPPUNIT_ASSERT_MESSAGE(settings ? "" : settings.error().detail, bool(settings));
        CPPUNIT_ASSERT(!settings->isOpenId());
        CPPUNIT_ASSERT_EQUAL(std::string("id"), settings->nameOf("sub"));
        auto leaving = plain;
        leaving.set("logout", true);
        assertSaid("plain OAuth 2 has no way to sign out", leaving);
        auto less = plain;
        less.erase("token_endpoint");
        assertSaid("token_endpoint: is needed where there is no issuer", less);
    }

    void mistakesAreSaid() {
        assertSaid("client_secret: is needed", openId({{"client_secret", ""}}));
        assertSaid("issuer: must be an https:// address", openId({{"issuer", "https://a?b"}}));
        assertSaid("is not set beside issuer", openId({{"token_endpoint", "https://a.example"}}));
        assertSaid("scopes: has openid", openId({{"scopes", ValueList{"email"}}}));
        assertSaid("claims.login: is none of", openId({{"claims", ValueMap{{"login", "l"}}}}));
        assertSaid("claims.sub: is not set", openId({{"claims", ValueMap{{"sub", "email"}}}}));
        assertSaid("parameters.state: is the server's",
                   openId({{"parameters", ValueMap{{"state", "x"}}}}));
        assertSaid("required.hd: is a text", openId({{"required", ValueMap{{"hd", 1}}}}));
        assertSaid("believed.hwk: is mfa", openId({{"believed", ValueMap{{"hwk", "hwk"}}}}));
        assertSaid("verified_email needs trusts_email", openId({{"link", "verified_email"}}));
        assertSaid("display_name: has a character", openId({{"display_name", "a\xE2\x80\xAE"}}));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(UpstreamSettingsTest);

}  // namespace gatehouse
