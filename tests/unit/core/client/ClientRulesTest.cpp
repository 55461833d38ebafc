// SPDX-License-Identifier: Apache-2.0
#include "client/ClientRules.h"

#include <gatehouse/OperatorsWord.h>
#include <gatehouse/testkit/FakeContext.h>

#include "client/OwnWords.h"

#include <cppunit/extensions/HelperMacros.h>

#include <stdexcept>

namespace gatehouse {

namespace {

class TestRule final : public ClientMetadataRule {
public:
    explicit TestRule(std::vector<std::string_view> members, const char* problem = "")
        : members_(std::move(members)), problem_(problem) {}
    std::vector<std::string_view> members() const override {
        return members_.empty() ? throw std::runtime_error("no members") : members_;
    }
    Status admit(const Context&, const ValueMap&) const override {
        const std::string problem = problem_;
        return problem.empty() ? done() : problem == "throws" ? throw 7 : Error::badInput(problem);
    }

private:
    std::vector<std::string_view> members_;
    const char* problem_;
};

class OperatorsRule final : public With<ClientMetadataRule, OperatorsWord> {
public:
    std::vector<std::string_view> members() const override { return {"key_to_the_cellar"}; }
    Status admit(const Context&, const ValueMap&) const override { return done(); }
};

}  // namespace

class ClientRulesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ClientRulesTest);
    CPPUNIT_TEST(twoThatClaimOneMemberAreToldWithBoth);
    CPPUNIT_TEST(theServersOwnMembersAreTaken);
    CPPUNIT_TEST(membersThatThrowAreAProblem);
    CPPUNIT_TEST(allProblemsOfAllRulesAreTold);
    CPPUNIT_TEST(aRuleThatThrowsRefuses);
    CPPUNIT_TEST(whatIsTheOperatorsNoClientSaysOfItself);
    CPPUNIT_TEST_SUITE_END();

    testkit::FakeContext context_;

    static std::string problemOf(const ClientRules& rules) {
        const auto checked = rules.check();
        return checked ? "" : checked.error().detail;
    }

public:
    void whatIsTheOperatorsNoClientSaysOfItself() {
        TestRule door({"door"});
        OperatorsRule cellar;
        const ClientRules rules({{"door", &door}, {"cellar", &cellar}});
        CPPUNIT_ASSERT_EQUAL(std::string(), rules.notUnderstood({{"key_to_the_cellar", "k"}}));
        CPPUNIT_ASSERT(isOwnWord(rules, "door"));
        CPPUNIT_ASSERT(!isOwnWord(rules, "key_to_the_cellar"));
    }

    void twoThatClaimOneMemberAreToldWithBoth() {
        TestRule one({"door", "window"});
        TestRule two({"roof", "door"});
        CPPUNIT_ASSERT_EQUAL(std::string(), problemOf(ClientRules({{"one", &one}})));
        CPPUNIT_ASSERT_EQUAL(
            std::string("client_metadata_rule: \"door\" is claimed by one and by two"),
            problemOf(ClientRules({{"one", &one}, {"two", &two}})));
    }

    void theServersOwnMembersAreTaken() {
        TestRule own({"jwks"});
        CPPUNIT_ASSERT_EQUAL(std::string("client_metadata_rule: \"jwks\" is claimed by the server "
                                         "itself (RFC 7591) and by own"),
                             problemOf(ClientRules({{"own", &own}})));
    }

    void membersThatThrowAreAProblem() {
        TestRule broken({});
        const ClientRules rules({{"broken", &broken}});
        CPPUNIT_ASSERT_EQUAL(std::string("client_metadata_rule: broken: members threw no members"),
                             problemOf(rules));
        CPPUNIT_ASSERT(rules.members().empty());
    }

    void allProblemsOfAllRulesAreTold() {
        TestRule one({"door"}, "door: is shut\ndoor: is small");
        TestRule two({"roof"}, "roof: leaks");
        const ClientRules rules({{"one", &one}, {"two", &two}});
        CPPUNIT_ASSERT((std::vector<std::string>{"door: is shut", "door: is small",
                                                 "roof: leaks"}) == rules.problems(context_, {}));
        CPPUNIT_ASSERT((std::vector<std::string>{"door", "roof"}) == rules.members());
    }

    void aRuleThatThrowsRefuses() {
        TestRule broken({"door"}, "throws");
        CPPUNIT_ASSERT_EQUAL(std::size_t{1},
                             ClientRules({{"broken", &broken}}).problems(context_, {}).size());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ClientRulesTest);

}  // namespace gatehouse
