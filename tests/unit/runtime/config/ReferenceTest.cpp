// SPDX-License-Identifier: Apache-2.0
#include "config/Reference.h"

#include "Bed.h"
#include "json/Json.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse::test {

namespace {

constexpr Field fields[] = {
    {"url", Kind::url, required, "LDAP server"},
    {"bind_password", Kind::secret, optional, "password of the search account", between(8, 64)},
    {"timeout", Kind::duration, byDefault("3s"), "longest wait", between(100, 60000)},
    {"mode", Kind::text, byDefault(""), "a | b", oneOf("query|form_post")},
    {"retries", Kind::number, optional, "how often", between(0, INT64_MAX)},
};

ReferenceEntry ldap() {
    return {"user_store.ldap", "Users in an LDAP directory", fields};
}

}  // namespace

class ReferenceTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ReferenceTest);
    CPPUNIT_TEST(theHelpTextSaysAllOfTheTable);
    CPPUNIT_TEST(theMarkdownIsATable);
    CPPUNIT_TEST(theSchemaKnowsSectionsAndPlugins);
    CPPUNIT_TEST(everySectionHasDefaultsThatItsTableAccepts);
    CPPUNIT_TEST_SUITE_END();

    void theHelpTextSaysAllOfTheTable() {
        CPPUNIT_ASSERT_EQUAL(std::string("user_store.ldap: Users in an LDAP directory\n"
                                         "\n"
                                         "  url (a URL, required)\n"
                                         "      LDAP server\n"
                                         "\n"
                                         "  bind_password (a secret, optional; 8 to 64 bytes)\n"
                                         "      password of the search account\n"
                                         "\n"
                                         "  timeout (a duration, default 3s; 100ms to 1m)\n"
                                         "      longest wait\n"
                                         "\n"
                                         "  mode (a text, default empty; one of query, form_post)\n"
                                         "      a | b\n"
                                         "\n"
                                         "  retries (a whole number, optional; at least 0)\n"
                                         "      how often\n"),
                             referenceText(ldap()));
        CPPUNIT_ASSERT_EQUAL(std::string("grant.x: A grant\n\n  no settings\n"),
                             referenceText({"grant.x", "A grant", {}}));
    }

    void theMarkdownIsATable() {
        const std::string text = referenceMarkdown(ldap());
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, text.find("## user_store.ldap\n\nUsers in an LDAP "
                                                       "directory\n\n| Setting |"));
        CPPUNIT_ASSERT(
            text.find("| `timeout` | a duration: 100ms to 1m | default 3s | longest wait |\n") !=
            std::string::npos);
        CPPUNIT_ASSERT(text.find("| a \\| b |\n") != std::string::npos);
    }

    void theSchemaKnowsSectionsAndPlugins() {
        const auto schema = parseJson(configurationSchema(
            issuerFields, {ldap(), {"module.token", "The token endpoint", {}}}));
        CPPUNIT_ASSERT(schema && schema->map() != nullptr);
        const ValueMap& properties = *schema->map()->find("properties")->map();
        const ValueMap& port =
            *properties.find("server")->map()->find("properties")->map()->find("port")->map();
        CPPUNIT_ASSERT_EQUAL(std::string("integer"), std::string(port.text("type")));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{65535}, *port.find("maximum")->integer());
        CPPUNIT_ASSERT(
            properties.find("oauth")->map()->find("properties")->map()->contains("issuer"));
        const ValueList& forms =
            *properties.find("plugins")->map()->find("items")->map()->find("anyOf")->list();
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, forms.size());
        const Value required = ValueList{"use", "url"};
        CPPUNIT_ASSERT(required == *forms[1].map()->find("required"));
        const ValueList& modules =
            *properties.find("modules")->map()->find("items")->map()->find("anyOf")->list();
        CPPUNIT_ASSERT(Value(ValueMap{{"enum", ValueList{"token"}}}) == modules[0]);
    }

    void everySectionHasDefaultsThatItsTableAccepts() {
        for (const auto& section : sectionReferences(issuerFields)) {
            Problems problems;
            (void)CheckedConfig::check(section.fields, {section.name, "", {}, nullptr}, problems);
            for (const auto& problem : problems) {
                CPPUNIT_ASSERT_MESSAGE(problem.text,
                                       problem.text.find(": missing") != std::string::npos);
            }
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ReferenceTest);

}  // namespace gatehouse::test
