// SPDX-License-Identifier: Apache-2.0
#include "Bed.h"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>

namespace gatehouse::test {

class ExamplesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ExamplesTest);
    CPPUNIT_TEST(everyInstalledFileIsRead);
    CPPUNIT_TEST(theDefaultNamesEveryPart);
    CPPUNIT_TEST_SUITE_END();

    static std::vector<std::string> uses(const std::vector<PluginEntry>& entries) {
        std::vector<std::string> names;
        for (const auto& entry : entries) {
            names.push_back(entry.use);
        }
        return names;
    }

    void everyInstalledFileIsRead() {
        std::size_t examples = 0;
        for (const auto& entry : std::filesystem::directory_iterator(GATEHOUSE_ETC "/examples")) {
            const auto form = entry.path().extension();
            if (form != ".yaml" && form != ".toml") {  // for other programs
                continue;
            }
            Problems problems;
            const Environment secret{{"SECURITY__JWT_SECRET", std::string(32, 's')}};
            const auto configuration =
                Configuration::read({entry.path(), secret, issuerFields}, problems);
            CPPUNIT_ASSERT_EQUAL(std::string(), problems.text());
            CPPUNIT_ASSERT(!configuration.modules().empty());
            ++examples;
        }
        CPPUNIT_ASSERT(examples > 0);
    }

    void theDefaultNamesEveryPart() {
        const auto configuration = load(GATEHOUSE_ETC "/gatehouse.yaml");
        CPPUNIT_ASSERT((std::vector<std::string>{"module.authorization", "module.login",
                                                 "module.logout", "module.account", "module.token",
                                                 "module.introspection", "module.userinfo",
                                                 "module.discovery", "module.operations"}) ==
                       uses(configuration.modules()));
        CPPUNIT_ASSERT(
            (std::vector<std::string>{
                "grant.authorization_code", "grant.refresh_token", "grant.client_credentials",
                "token_format.jwt", "token_format.opaque", "client_auth.secret", "client_auth.jwt",
                "client_auth.none", "user_store.local", "login_step.password", "key_store.local",
                "event_sink.log", "metrics.prometheus"}) == uses(configuration.plugins()));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ExamplesTest);

}  // namespace gatehouse::test
