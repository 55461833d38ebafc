// SPDX-License-Identifier: Apache-2.0
#include "config/LoginList.h"

#include "config/TomlReader.h"
#include "config/YamlReader.h"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

namespace gatehouse {

class LoginListTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LoginListTest);
    CPPUNIT_TEST(entriesOfEveryKindAreRead);
    CPPUNIT_TEST(tomlSaysTheSame);
    CPPUNIT_TEST(whatIsWrongNamesItsPlace);
    CPPUNIT_TEST_SUITE_END();

    static ConfigNode listOf(const std::string& yaml) {
        const auto tree = readYaml(yaml, "f.yaml");
        CPPUNIT_ASSERT(tree);
        return tree->find("login")->value;
    }
    static LoginPlan read(const ConfigNode& list) {
        Problems problems;
        auto plan = readLogin(list, {"password", "card"}, problems);
        CPPUNIT_ASSERT_MESSAGE(problems.report(), problems.empty());
        return plan;
    }
    static void assertProblem(const std::string& expected, const std::string& yaml) {
        Problems problems;
        readLogin(listOf("login:\n" + yaml), {"password", "card"}, problems);
        CPPUNIT_ASSERT_MESSAGE(problems.report(),
                               problems.report().find(expected) != std::string::npos);
    }

public:
    void entriesOfEveryKindAreRead() {
        const auto plan = read(listOf("login:\n"
                                      "  - password\n"
                                      "  - any_of: [card, password]\n"
                                      "    when: {client: [shop, till], group: [staff], "
                                      "new_browser: true, enrolled: [card]}\n"
                                      "  - step: card\n"
                                      "    when: {acr: 'urn:gatehouse:acr:two-factors'}\n"
                                      "  - offer: card\n"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, plan.size());
        CPPUNIT_ASSERT_EQUAL(std::string("password"), plan[0].steps.at(0));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, plan[1].steps.size());
        CPPUNIT_ASSERT_EQUAL(std::string("till"), plan[1].when.clients.at(1));
        CPPUNIT_ASSERT_EQUAL(std::string("staff"), plan[1].when.groups.at(0));
        CPPUNIT_ASSERT_EQUAL(std::string("card"), plan[1].when.enrolled.at(0));
        CPPUNIT_ASSERT(plan[1].when.isNewBrowser.value_or(false));
        CPPUNIT_ASSERT_EQUAL(std::string("urn:gatehouse:acr:two-factors"), plan[2].when.acr);
        CPPUNIT_ASSERT(plan[3].isOffered && !plan[2].isOffered);
    }

    void tomlSaysTheSame() {
        const auto tree =
            readToml("[[login]]\nstep = \"password\"\n[[login]]\nany_of = [\"card\"]\n"
                     "when = { client = [\"shop\"] }\n",
                     "f.toml");
        CPPUNIT_ASSERT(tree);
        const auto plan = read(tree->find("login")->value);
        CPPUNIT_ASSERT_EQUAL(std::string("card"), plan.at(1).steps.at(0));
        CPPUNIT_ASSERT_EQUAL(std::string("shop"), plan.at(1).when.clients.at(0));
    }

    void whatIsWrongNamesItsPlace() {
        assertProblem("f.yaml:2:5: login: no login step is called \"pasword\"; did you mean "
                      "\"password\"?",
                      "  - pasword\n");
        assertProblem("f.yaml:2:5: login: an entry says one of step, any_of and offer",
                      "  - {step: password, offer: card}\n");
        assertProblem("login: an entry says one of step, any_of and offer", "  - any_of: []\n");
        assertProblem("unknown key \"wen\"", "  - {step: password, wen: {client: [a]}}\n");
        assertProblem("login: when: acr", "  - {step: password, when: {acr: gold}}\n");
        assertProblem("some logins would ask for nothing", "  - offer: card\n");
        assertProblem("some logins would ask for nothing",
                      "  - {step: password, when: {client: [a]}}\n");
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LoginListTest);

}  // namespace gatehouse
