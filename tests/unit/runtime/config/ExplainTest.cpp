// SPDX-License-Identifier: Apache-2.0
#include "config/Explain.h"

#include "Bed.h"
#include "json/Json.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse::test {

namespace {

constexpr Field fields[] = {
    {"url", Kind::url, required, "LDAP server"},
    {"bind_password", Kind::secret, optional, "password of the search account"},
    {"timeout", Kind::duration, byDefault("3s"), "longest wait"},
    {"note", Kind::text, optional, "a note"},
};

}  // namespace

class ExplainTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ExplainTest);
    CPPUNIT_TEST(everyValueIsShownWithItsSource);
    CPPUNIT_TEST(theJsonFormSaysTheSame);
    CPPUNIT_TEST(secretsAreShownInNeitherForm);
    CPPUNIT_TEST(aLineBreakInAValueForgesNoLine);
    CPPUNIT_TEST_SUITE_END();

    TemporaryFolder folder_;

    Configuration configuration(const std::string& note = "x") const {
        const Environment environment{{"SERVER__PORT", "8080"},
                                      {"JWT_SECRET", std::string(32, 'S')}};
        return load(folder_.write("g.yaml", wholeYaml +
                                                "server: {host: 0.0.0.0}\n"
                                                "plugins:\n"
                                                "- use: user_store.ldap\n"
                                                "  name: staff\n"
                                                "  url: ldaps://u:hunter2@h\n"
                                                "  bind_password: hunter2\n"
                                                "  note: \"" +
                                                note + "\"\n"),
                    environment);
    }

    static std::string explained(const Configuration& configuration, bool asJson) {
        Problems problems;
        const PluginEntry& entry = configuration.plugins().at(0);
        const auto settings = entry.check(fields, problems);
        CPPUNIT_ASSERT_EQUAL(std::string(), problems.text());
        return asJson ? explainJson(configuration, {{&entry, &settings}})
                      : explainText(configuration, {{&entry, &settings}});
    }

    static std::string lineWith(const std::string& text, const std::string& start) {
        const std::size_t at = text.find("\n" + start);
        CPPUNIT_ASSERT_MESSAGE(start, at != std::string::npos);
        std::string line = text.substr(at + 1, text.find('\n', at + 1) - at - 1);
        for (auto gap = line.find("  #"); gap != std::string::npos; gap = line.find("  #")) {
            line.erase(gap, 1);
        }
        return line;
    }

    void everyValueIsShownWithItsSource() {
        const std::string text = explained(configuration(), false);
        const std::string file = folder_.at("g.yaml");
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, text.find("configuration: " + file));
        CPPUNIT_ASSERT(text.find(" # --config\nserver:\n") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL("  host: 0.0.0.0 # " + file + ":4:16", lineWith(text, "  host:"));
        CPPUNIT_ASSERT_EQUAL(std::string("  port: 8080 # environment SERVER__PORT"),
                             lineWith(text, "  port:"));
        CPPUNIT_ASSERT_EQUAL(std::string("  idle_timeout: 65s # default"),
                             lineWith(text, "  idle_timeout:"));
        CPPUNIT_ASSERT_EQUAL(std::string("  jwt_secret: *** # environment JWT_SECRET"),
                             lineWith(text, "  jwt_secret:"));
        CPPUNIT_ASSERT_EQUAL("user_store.ldap (staff): # " + file + ":6:8",
                             lineWith(text, "user_store.ldap"));
        CPPUNIT_ASSERT_EQUAL("  url: ldaps://u:***@h # " + file + ":8:8", lineWith(text, "  url:"));
        CPPUNIT_ASSERT_EQUAL(std::string::npos, text.find("languages"));
    }

    void theJsonFormSaysTheSame() {
        const auto json = parseJson(explained(configuration(), true));
        CPPUNIT_ASSERT(json && json->map() != nullptr);
        const ValueMap* server = json->map()->find("server")->map();
        const ValueMap expected{{"value", 8080}, {"source", "environment SERVER__PORT"}};
        CPPUNIT_ASSERT(Value(expected) == *server->find("port"));
        const ValueMap* plugin = json->map()->find("plugins")->list()->at(0).map();
        CPPUNIT_ASSERT_EQUAL(std::string("user_store.ldap"), std::string(plugin->text("use")));
        CPPUNIT_ASSERT_EQUAL(std::string("staff"), std::string(plugin->text("name")));
        const ValueMap timeout{{"value", "3s"}, {"source", "default"}};
        CPPUNIT_ASSERT(Value(timeout) == *plugin->find("settings")->map()->find("timeout"));
    }

    void secretsAreShownInNeitherForm() {
        for (const bool asJson : {true, false}) {
            const std::string text = explained(configuration(), asJson);
            CPPUNIT_ASSERT_EQUAL(std::string::npos, text.find("hunter2"));
            CPPUNIT_ASSERT_EQUAL(std::string::npos, text.find("SSSS"));
            CPPUNIT_ASSERT(text.find("***") != std::string::npos);
        }
    }

    void aLineBreakInAValueForgesNoLine() {
        const std::string text = explained(configuration("a\\nforged:"), false);
        CPPUNIT_ASSERT_EQUAL(std::string::npos, text.find("\nforged:"));
        CPPUNIT_ASSERT(text.find("note: a\\u000aforged:") != std::string::npos);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ExplainTest);

}  // namespace gatehouse::test
