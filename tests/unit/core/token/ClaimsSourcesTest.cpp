// SPDX-License-Identifier: Apache-2.0
#include "token/ClaimsSources.h"

#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include <cppunit/extensions/HelperMacros.h>

#include <functional>
#include <stdexcept>

namespace gatehouse {

namespace {

class FakeSource final : public ClaimsSource {
public:
    explicit FakeSource(std::string_view name) : name_(name) {}

    std::vector<std::string_view> names() const override { return {name_}; }
    Result<ValueMap> claims(const ClaimsWanted& wanted) const override { return answer(wanted); }

    std::function<Result<ValueMap>(const ClaimsWanted&)> answer = [](const ClaimsWanted&) {
        return ValueMap{};
    };

private:
    std::string_view name_;
};

}  // namespace

class ClaimsSourcesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ClaimsSourcesTest);
    CPPUNIT_TEST(whatSourcesGiveIsAdded);
    CPPUNIT_TEST(aSourceSeesTheNoteOfItsNameAlone);
    CPPUNIT_TEST(nullAndEmptyTextsAreNotTold);
    CPPUNIT_TEST(whatIsAmissIsNamed);
    CPPUNIT_TEST_SUITE_END();

    testkit::FakeHost host_;
    testkit::FakeContext fakeContext_;
    Context context_ = fakeContext_;
    FakeSource tier_{"tier"};
    FakeSource shop_{"shop"};
    Client client_;
    Subject subject_ = Subject::person("people", "1");
    ScopeSet scopes_{"openid"};
    ValueMap person_{{"name", "Ada"}};
    ValueMap notes_{{"one", ValueMap{{"card", "4711"}}}, {"other", ValueMap{{"card", "1"}}}};
    ValueMap claims_{{"name", "Ada"}};

    Status add() {
        const ClaimsSources sources(host_, {{"one", &tier_}, {"two", &shop_}});
        return sources.addTo(claims_, context_, {client_, subject_, scopes_, person_, notes_},
                             ClaimsWanted::idToken);
    }
    std::string problem(const std::function<Result<ValueMap>(const ClaimsWanted&)>& answer) {
        tier_.answer = answer;
        const auto added = add();
        CPPUNIT_ASSERT(!added);
        CPPUNIT_ASSERT(Fault::internal == added.error().fault);
        return added.error().detail;
    }

public:
    void whatSourcesGiveIsAdded() {
        tier_.answer = [](const ClaimsWanted& wanted) {
            return ValueMap{{"tier", ValueList{wanted.target(), wanted.person().text("name")}}};
        };
        shop_.answer = [](const ClaimsWanted&) { return ValueMap{{"shop", 7}}; };
        CPPUNIT_ASSERT(add());
        CPPUNIT_ASSERT(
            (ValueMap{{"name", "Ada"}, {"tier", ValueList{"id_token", "Ada"}}, {"shop", 7}}) ==
            claims_);
    }

    void aSourceSeesTheNoteOfItsNameAlone() {
        tier_.answer = [](const ClaimsWanted& wanted) { return ValueMap{{"tier", wanted.note()}}; };
        shop_.answer = [](const ClaimsWanted& wanted) { return ValueMap{{"shop", wanted.note()}}; };
        CPPUNIT_ASSERT(add());
        CPPUNIT_ASSERT(*claims_.find("tier") == Value(ValueMap{{"card", "4711"}}));
        CPPUNIT_ASSERT(*claims_.find("shop") == Value(ValueMap{}));
    }

    void nullAndEmptyTextsAreNotTold() {
        tier_.answer = [](const ClaimsWanted&) { return ValueMap{{"tier", Value()}}; };
        shop_.answer = [](const ClaimsWanted&) { return ValueMap{{"shop", ""}}; };
        CPPUNIT_ASSERT(add());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, claims_.size());
    }

    void whatIsAmissIsNamed() {
        CPPUNIT_ASSERT_EQUAL(std::string("claims_source.one: an exception left it: no idea"),
                             problem([](const ClaimsWanted&) -> Result<ValueMap> {
                                 throw std::runtime_error("no idea");
                             }));
        CPPUNIT_ASSERT_EQUAL(
            std::string("claims_source.one: it gives the claim \"sub\", which it did not declare"),
            problem([](const ClaimsWanted&) {
                return ValueMap{{"sub", "somebody else"}};
            }));
        const std::string unfit =
            "claims_source.one: its claims are too long, or cannot be read again";
        CPPUNIT_ASSERT_EQUAL(unfit, problem([](const ClaimsWanted&) {
                                 return ValueMap{{"tier", std::string(5000, 'x')}};
                             }));
        CPPUNIT_ASSERT_EQUAL(unfit, problem([](const ClaimsWanted&) {
                                 Value deep = 1;
                                 for (int level = 0; level < 30; ++level) {
                                     deep = ValueList{deep};
                                 }
                                 return ValueMap{{"tier", deep}};
                             }));
        CPPUNIT_ASSERT_EQUAL(std::string("directory away"), problem([](const ClaimsWanted&) {
                                 return Error::internal("directory away");
                             }));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ClaimsSourcesTest);

}  // namespace gatehouse
