// SPDX-License-Identifier: Apache-2.0
#include "app/ReloadRules.h"

#include "ConfigurationText.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class ReloadRulesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ReloadRulesTest);
    CPPUNIT_TEST(nothingChangedNeedsNothing);
    CPPUNIT_TEST(grantsAndLevelsCanBeReloaded);
    CPPUNIT_TEST(fixedSectionsAndPluginsAreNamed);
    CPPUNIT_TEST(anAddedKeyStoreIsNamed);
    CPPUNIT_TEST_SUITE_END();

public:
    void nothingChangedNeedsNothing() { check("", ""); }

    void grantsAndLevelsCanBeReloaded() {
        const auto running = read("plugins: [{use: grant.refresh_token}, {use: key_store.local}]");
        const auto wanted =
            read("logging: {level: debug}\noauth: {issuer: \"https://b.example.org\"}\n"
                 "plugins: [{use: key_store.local}, {use: grant.client_credentials}]");
        CPPUNIT_ASSERT(needsRestart(running, wanted).empty());
    }

    void fixedSectionsAndPluginsAreNamed() {
        const auto running = read("plugins: [{use: key_store.local}]");
        const auto wanted =
            read("server: {port: 1, tls: {certificate: a, key: b}}\ndatabase: {url: \"memory:\"}\n"
                 "redis: {url: \"redis://127.0.0.1/\"}\n"
                 "security: {jwt_secret: 0123456789abcdef0123456789abcdef}\n"
                 "limits: {requests: 5}\nplugins: [{use: key_store.local, rotation: 1d}]");
        const std::vector<std::string> expected{
            "server.port",         "server.tls",      "database",       "redis",
            "security.jwt_secret", "limits.requests", "key_store.local"};
        CPPUNIT_ASSERT(expected == needsRestart(running, wanted));
    }

    void anAddedKeyStoreIsNamed() { check("plugins: [{use: key_store.local}]", "key_store.local"); }

private:
    Configuration read(const std::string& text) { return configurationOf(text, folder_.path()); }

    void check(const std::string& text, const std::string& named) {
        const auto needed = needsRestart(read(""), read(text));
        CPPUNIT_ASSERT_EQUAL(std::size_t(named.empty() ? 0 : 1), needed.size());
        CPPUNIT_ASSERT(named.empty() || needed.front() == named);
    }

    ScratchFolder folder_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(ReloadRulesTest);

}  // namespace gatehouse
