// SPDX-License-Identifier: Apache-2.0
#include "authorization/ResponseTypes.h"

#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include "FakeKinds.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class ResponseTypesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ResponseTypesTest);
    CPPUNIT_TEST(withoutPluginsThereIsCodeAlone);
    CPPUNIT_TEST(kindsMakeAllThatMayStandTogether);
    CPPUNIT_TEST(aKindThatMayNotStandAloneStandsBesideAnother);
    CPPUNIT_TEST(wordsMayComeInAnyOrder);
    CPPUNIT_TEST(whatIsNoSuchValueIsNotFound);
    CPPUNIT_TEST(whatIsMadeOfOthersComesBehindThem);
    CPPUNIT_TEST(onlyCodesComeInTheQuery);
    CPPUNIT_TEST(anIssuerNamesWhatItsGrantsAllow);
    CPPUNIT_TEST(aClientRegistersItselfForWhatThereIs);
    CPPUNIT_TEST_SUITE_END();

    using Names = std::vector<std::string>;

    testkit::FakeHost host_;
    testkit::FakeContext context_;
    FakeKind idToken_{"id_token", true, true};
    FakeKind token_{"token", false, false};
    std::vector<Host::Named<ResponseType>> both_{{"id_token", &idToken_}, {"token", &token_}};
    ResponseTypes types_{host_, both_, true};

    static std::string joined(const Names& names) {
        std::string text;
        for (const auto& name : names) {
            text += (text.empty() ? "" : ", ") + name;
        }
        return text;
    }

public:
    void withoutPluginsThereIsCodeAlone() {
        const ResponseTypes types(host_, {}, true);
        CPPUNIT_ASSERT_EQUAL(std::string("code"), joined(types.names(context_.issuer)));
        CPPUNIT_ASSERT(types.grants(context_.issuer).empty());
        CPPUNIT_ASSERT(types.find("code")->givesCode);
        CPPUNIT_ASSERT(ResponseTypes(host_, {}, false).find("code") == nullptr);
    }

    void kindsMakeAllThatMayStandTogether() {
        CPPUNIT_ASSERT_EQUAL(std::string("code, id_token, code id_token, code token, "
                                         "id_token token, code id_token token"),
                             joined(types_.names(context_.issuer)));
        CPPUNIT_ASSERT_EQUAL(std::string("implicit"), joined(types_.grants(context_.issuer)));
        CPPUNIT_ASSERT_EQUAL(std::string("id_token, id_token token"),
                             joined(ResponseTypes(host_, both_, false).names(context_.issuer)));
    }

    void aKindThatMayNotStandAloneStandsBesideAnother() {
        const ResponseTypes types(host_, {{"token", &token_}}, true);
        CPPUNIT_ASSERT_EQUAL(std::string("code, code token"), joined(types.names(context_.issuer)));
        CPPUNIT_ASSERT(types.find("token") == nullptr);
    }

    void wordsMayComeInAnyOrder() {
        const auto* all = types_.find("code id_token token");
        CPPUNIT_ASSERT(all != nullptr);
        CPPUNIT_ASSERT(types_.find("token id_token code") == all);
        CPPUNIT_ASSERT(types_.find("id_token code token") == all);
        CPPUNIT_ASSERT_EQUAL(std::string("authorization_code, implicit"), joined(all->grants));
    }

    void whatIsNoSuchValueIsNotFound() {
        for (const auto* text :
             {"", " ", "token", "code code", "code  token", " code", "code ", "Code", "code\ttoken",
              "code token token", "code pigeon", "none"}) {
            CPPUNIT_ASSERT_MESSAGE(text, types_.find(text) == nullptr);
        }
    }

    void whatIsMadeOfOthersComesBehindThem() {
        const auto* all = types_.find("id_token token");
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, all->kinds.size());
        CPPUNIT_ASSERT_EQUAL(std::string("token"), all->kinds.front()->name());
    }

    void onlyCodesComeInTheQuery() {
        CPPUNIT_ASSERT(!types_.isHiddenFromServers("code"));
        CPPUNIT_ASSERT(!types_.isHiddenFromServers("code none"));
        CPPUNIT_ASSERT(types_.isHiddenFromServers("code token"));
        CPPUNIT_ASSERT(types_.isHiddenFromServers("token"));
    }

    void aClientRegistersItselfForWhatThereIs() {
        const ValueMap hybrid{{"response_types", ValueList{"code", "token code"}}};
        CPPUNIT_ASSERT(types_.check(context_.issuer, hybrid));
        CPPUNIT_ASSERT(types_.check(context_.issuer, {}));
        CPPUNIT_ASSERT(!ResponseTypes(host_, {}, true).check(context_.issuer, hybrid));
        context_.issuer.grants = {"authorization_code"};
        CPPUNIT_ASSERT(!types_.check(context_.issuer, hybrid));
    }

    void anIssuerNamesWhatItsGrantsAllow() {
        context_.issuer.grants = {"authorization_code"};
        CPPUNIT_ASSERT_EQUAL(std::string("code"), joined(types_.names(context_.issuer)));
        CPPUNIT_ASSERT(types_.grants(context_.issuer).empty());
        context_.issuer.grants = {"implicit"};
        CPPUNIT_ASSERT_EQUAL(std::string("id_token, id_token token"),
                             joined(types_.names(context_.issuer)));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ResponseTypesTest);

}  // namespace gatehouse
