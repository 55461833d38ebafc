// SPDX-License-Identifier: Apache-2.0
#include "token/ClaimSettings.h"

#include <gatehouse/testkit/FakeConfig.h>

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class ClaimSettingsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ClaimSettingsTest);
    CPPUNIT_TEST(withoutAnyTheStandardOnesAreThere);
    CPPUNIT_TEST(aDeclaredClaimHasTypeScopeAndTargets);
    CPPUNIT_TEST(byDefaultItIsATextOfUserInfo);
    CPPUNIT_TEST(aStandardClaimCanBeToldElsewhere);
    CPPUNIT_TEST(mistakesAreToldWithTheirPlace);
    CPPUNIT_TEST(allMistakesAreToldAtOnce);
    CPPUNIT_TEST_SUITE_END();

    static Result<std::vector<ClaimRule>> read(const std::string& name, Value declaration) {
        return readClaimRules(
            testkit::FakeConfig{{"claims", ValueMap{{name, std::move(declaration)}}}});
    }
    static void refused(const std::string& expected, const std::string& name, Value declaration) {
        const auto rules = read(name, std::move(declaration));
        CPPUNIT_ASSERT_MESSAGE(expected, !rules);
        CPPUNIT_ASSERT_EQUAL(expected, rules.error().detail);
    }

public:
    void withoutAnyTheStandardOnesAreThere() {
        const auto rules = readClaimRules(testkit::FakeConfig{{"claims", {}}});
        CPPUNIT_ASSERT_EQUAL(standardClaims().size(), rules->size());
    }

    void aDeclaredClaimHasTypeScopeAndTargets() {
        const auto rules = read("groups", ValueMap{{"type", "list"},
                                                   {"scope", "teams"},
                                                   {"in", ValueList{"id_token", "access_token"}}});
        const auto& groups = rules->back();
        CPPUNIT_ASSERT_EQUAL(std::string("groups"), groups.name);
        CPPUNIT_ASSERT_EQUAL(std::string("teams"), groups.scope);
        CPPUNIT_ASSERT(groups.kind == ClaimKind::list);
        CPPUNIT_ASSERT(
            (groups.targets == std::vector{ClaimTarget::idToken, ClaimTarget::accessToken}));
    }

    void byDefaultItIsATextOfUserInfo() {
        const auto rules = read("department", ValueMap{{"scope", "work"}});
        CPPUNIT_ASSERT(rules->back().kind == ClaimKind::text);
        CPPUNIT_ASSERT(rules->back().targets == std::vector{ClaimTarget::userinfo});
    }

    void aStandardClaimCanBeToldElsewhere() {
        const auto rules = read("email", ValueMap{{"in", ValueList{"userinfo", "id_token"}}});
        CPPUNIT_ASSERT_EQUAL(standardClaims().size(), rules->size());
        refused("test:claims.email.type: oauth: claims.email.type: OpenID Connect says it for this "
                "claim; only in can be set",
                "email", ValueMap{{"type", "list"}});
    }

    void mistakesAreToldWithTheirPlace() {
        refused("test:claims.sub: oauth: claims.sub: only the server says this about somebody; "
                "choose another name",
                "sub", ValueMap{{"scope", "x"}});
        for (const std::string name : {"", "my groups", "groups\n", "\u202egroups"}) {
            refused("test:claims." + name + ": oauth: claims." + name + ": a name is one word",
                    name, ValueMap{{"scope", "x"}});
        }
        refused("test:claims.groups: oauth: claims.groups: is a map, for instance {type: list, "
                "scope: groups}",
                "groups", "list");
        refused("test:claims.groups.type: oauth: claims.groups.type: \"lst\" is none of boolean, "
                "list, number, object, text; did you mean \"list\"?",
                "groups", ValueMap{{"type", "lst"}, {"scope", "groups"}});
        refused("test:claims.groups: oauth: claims.groups: has no scope: what a client asks for "
                "and a person allows",
                "groups", ValueMap{{"type", "list"}});
        refused("test:claims.groups.scope: oauth: claims.groups.scope: is one word of printable "
                "ASCII without quotes and backslashes",
                "groups", ValueMap{{"scope", "my groups"}});
        refused("test:claims.groups.in: oauth: claims.groups.in: \"idtoken\" is none of "
                "access_token, id_token, userinfo; did you mean \"id_token\"?",
                "groups", ValueMap{{"scope", "groups"}, {"in", ValueList{"idtoken"}}});
        refused("test:claims.groups.in: oauth: claims.groups.in: is a list of userinfo, id_token "
                "and access_token, and not empty",
                "groups", ValueMap{{"scope", "groups"}, {"in", ValueList{}}});
        refused("test:claims.groups.scop: oauth: claims.groups.scop: unknown key; did you mean "
                "\"scope\"?",
                "groups", ValueMap{{"scope", "groups"}, {"scop", "groups"}});
    }

    void allMistakesAreToldAtOnce() {
        const auto rules =
            read("groups", ValueMap{{"type", "lst"}, {"scope", "a b"}, {"in", "nowhere"}});
        const auto& lines = rules.error().detail;
        CPPUNIT_ASSERT_EQUAL(std::ptrdiff_t{2}, std::count(lines.begin(), lines.end(), '\n'));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ClaimSettingsTest);

}  // namespace gatehouse
