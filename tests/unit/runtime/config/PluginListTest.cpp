// SPDX-License-Identifier: Apache-2.0
#include "Bed.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse::test {

class PluginListTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PluginListTest);
    CPPUNIT_TEST(entriesKeepTheirOrderNamesAndOwnKeys);
    CPPUNIT_TEST(aModuleIsNamedByItsShortName);
    CPPUNIT_TEST(aPluginSeesOnlyItsOwnKeys);
    CPPUNIT_TEST(everyMistakeHasItsMessage);
    CPPUNIT_TEST_SUITE_END();

    TemporaryFolder folder_;

    std::string refusal(const std::string& text) const {
        const std::string file = folder_.write("g.yaml", "database: {url: 'memory:'}\n"
                                                         "oauth: {issuer: 'https://x.org'}\n" +
                                                             text);
        std::string problems = problemsOf(file);
        for (auto at = problems.find(file); at != std::string::npos; at = problems.find(file)) {
            problems.replace(at, file.size(), "g");
        }
        return problems;
    }

    void entriesKeepTheirOrderNamesAndOwnKeys() {
        const auto configuration = load(
            folder_.write("g.yaml", wholeYaml + "plugins:\n"
                                                "  - use: user_store.ldap\n"
                                                "    name: staff\n"
                                                "    url: ldaps://x\n"
                                                "  - use: user_store.ldap\n"
                                                "  - grant.refresh_token\n"
                                                "  - {use: event_sink.log, optional: true}\n"));
        const auto& plugins = configuration.plugins();
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, plugins.size());
        CPPUNIT_ASSERT_EQUAL(std::string("staff"), plugins[0].name);
        CPPUNIT_ASSERT_EQUAL(std::string("user_store.ldap (staff)"), plugins[0].label);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, plugins[0].settings.entries().size());
        CPPUNIT_ASSERT_EQUAL(folder_.at("g.yaml") + ":5:10", plugins[0].place.text());
        CPPUNIT_ASSERT_EQUAL(std::string("ldap"), plugins[1].name);
        CPPUNIT_ASSERT_EQUAL(std::string("user_store.ldap"), plugins[1].label);
        CPPUNIT_ASSERT_EQUAL(std::string("grant.refresh_token"), plugins[2].use);
        CPPUNIT_ASSERT(!plugins[2].isOptional);
        CPPUNIT_ASSERT(plugins[3].isOptional);
    }

    void aModuleIsNamedByItsShortName() {
        const auto configuration = load(folder_.write(
            "g.yaml", "oauth: {issuer: 'https://x.org'}\n"
                      "modules: [token, module.login, {use: userinfo, color: red}]\n"));
        const auto& modules = configuration.modules();
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, modules.size());
        CPPUNIT_ASSERT_EQUAL(std::string("module.token"), modules[0].use);
        CPPUNIT_ASSERT_EQUAL(std::string("token"), modules[0].name);
        CPPUNIT_ASSERT_EQUAL(std::string("module.login"), modules[1].use);
        CPPUNIT_ASSERT_EQUAL(std::string("red"), modules[2].settings.find("color")->value.text());
    }

    void aPluginSeesOnlyItsOwnKeys() {
        const auto configuration = load(folder_.write(
            "g.yaml", wholeYaml +
                          "plugins:\n  - use: user_store.ldap\n    name: staff\n    base: x\n"
                          "    nmae: y\n"));
        constexpr Field fields[] = {{"base", Kind::text, required, "where users are searched"}};
        Problems problems;
        const auto checked = configuration.plugins().at(0).check(fields, problems);
        CPPUNIT_ASSERT_EQUAL(std::string("staff"), std::string(checked.instance()));
        CPPUNIT_ASSERT_EQUAL(
            folder_.at("g.yaml") +
                ":8:5: user_store.ldap (staff): unknown key \"nmae\"; did you mean "
                "\"name\"?\n",
            problems.text());
    }

    void everyMistakeHasItsMessage() {
        const struct {
            std::string text;
            std::string expected;
        } cases[] = {
            {"plugins: []\n", "g: modules: missing; without any, nothing is answered\n"},
            {"modules: token\n",
             "g:3:10: modules: a list is wanted, each entry beginning with \"- use:\"\n"},
            {"modules: [token]\nplugins: {use: x}\n",
             "g:4:10: plugins: a list is wanted, each entry beginning with \"- use:\"\n"},
            {"modules: [token, [x]]\n",
             "g:3:18: an entry has to say what it uses, such as \"use: token\"\n"},
            {"modules: [token]\nplugins: [{name: x}]\n",
             "g:4:11: an entry has to say what it uses, such as \"use: grant.refresh_token\"\n"},
            {"modules: [../../tmp/x]\n",
             "g:3:11: \"../../tmp/x\" is not the name of a module (such as token)\n"},
            {"modules: [token]\nplugins: [use: /tmp/evil.so]\n",
             "g:4:16: \"/tmp/evil.so\" is not the name of a plugin (such as "
             "grant.refresh_token)\n"},
            {"modules: [token]\nplugins: [use: ldap]\n",
             "g:4:16: \"ldap\" is not the name of a plugin (such as grant.refresh_token)\n"},
            {"modules: [token]\nplugins: [use: module.login]\n",
             "g:4:16: module.login belongs under modules\n"},
            {"modules: [token, token]\n",
             "g:3:18: module.token: the name \"token\" is taken by module.token at g:3:11\n"},
            {"modules: [token]\nplugins:\n- use: user_store.sql\n  name: x\n- use: "
             "user_store.ldap\n"
             "  name: x\n",
             "g:7:8: user_store.ldap (x): the name \"x\" is taken by user_store.sql at g:5:8; give "
             "this "
             "one another, with \"name:\"\n"},
            {"modules: [token]\nplugins:\n- use: user_store.sql\n  name: a b\n",
             "g:6:9: user_store.sql: name: at most 64 letters, digits, \"_\" and \"-\" are "
             "wanted\n"},
            {"modules: [token]\nplugins:\n- use: user_store.sql\n  optional: true\n",
             "g:6:3: user_store.sql: only an event_sink or metrics may be optional\n"},
            {"modules: [token]\nplugins:\n- use: metrics.x\n  optional: maybe\n",
             "g:6:13: metrics.x: optional: true or false is wanted\n"},
            {"modules: [token]\nplugins:\n- use: event_sink.x\n  when_full: refuse\n",
             "g:6:14: event_sink.x: when_full: wait or drop is wanted\n"},
            {"modules: [token]\nplugins:\n- use: metrics.x\n  when_full: drop\n",
             "g:6:3: metrics.x: only an event_sink has when_full\n"},
        };
        for (const auto& example : cases) {
            CPPUNIT_ASSERT_EQUAL_MESSAGE(example.text, example.expected, refusal(example.text));
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PluginListTest);

}  // namespace gatehouse::test
