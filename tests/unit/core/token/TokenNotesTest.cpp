// SPDX-License-Identifier: Apache-2.0
#include "token/TokenNotes.h"

#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include <cppunit/extensions/HelperMacros.h>

#include <functional>
#include <stdexcept>
#include <string>

namespace gatehouse {

namespace {

class FakeRule final : public With<AuthorizationRule, TokenNote> {
public:
    using Carried = Result<ValueMap, OAuthError>;

    std::vector<std::string_view> parameters() const override { return {"right"}; }
    Result<ValueMap, OAuthError> check(const RequestInHand&) const override { return ValueMap{}; }

    std::string_view member() const override { return "rights"; }
    Carried carried(const NoteInHand& tokens) const override {
        ++asked;
        return answer(tokens);
    }
    Value told(const ValueMap& note, const std::vector<std::string>& audience) const override {
        return audience.empty() ? Value(note) : Value();
    }

    std::function<Carried(const NoteInHand&)> answer = [](const NoteInHand& tokens) {
        return Carried(tokens.note());
    };
    mutable int asked = 0;
};

}  // namespace

class TokenNotesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TokenNotesTest);
    CPPUNIT_TEST(nobodyIsAskedForNothing);
    CPPUNIT_TEST(aNoteIsCarried);
    CPPUNIT_TEST(aParameterAloneIsAReasonToAsk);
    CPPUNIT_TEST(theRuleSeesTheRequest);
    CPPUNIT_TEST(lessMayBeCarried);
    CPPUNIT_TEST(aRefusalIsTold);
    CPPUNIT_TEST(whatIsThrownOrTooLongIsOurFault);
    CPPUNIT_TEST(membersAreToldWhereThereIsSomething);
    CPPUNIT_TEST_SUITE_END();

    testkit::FakeHost host_;
    testkit::FakeContext fakeContext_;
    Context context_ = fakeContext_;
    Client client_;
    Subject subject_ = Subject::person("local", "u1");
    FakeRule rule_;
    TokenNotes notes_{host_, {{"rule", &rule_}}};
    const ValueMap noted_{{"rule", ValueMap{{"n", 1}}}, {"other", ValueMap{{"m", 2}}}};

    const std::vector<std::string> none_{};

    Result<TokenNotes::Carried, OAuthError> carried(const ValueMap& notes,
                                                    std::vector<Form::Field> form = {}) {
        const Form parameters(std::move(form));
        return notes_.carried({context_, client_, subject_, &parameters, none_}, notes);
    }

public:
    void nobodyIsAskedForNothing() {
        CPPUNIT_ASSERT(carried({})->notes.empty());
        CPPUNIT_ASSERT(carried({{"other", ValueMap{{"m", 2}}}}, {{"scope", "a"}}));
        CPPUNIT_ASSERT_EQUAL(0, rule_.asked);
    }

    void aNoteIsCarried() { CPPUNIT_ASSERT(noted_ == carried(noted_)->notes); }

    void aParameterAloneIsAReasonToAsk() {
        CPPUNIT_ASSERT(carried({}, {{"right", "x"}}));
        CPPUNIT_ASSERT_EQUAL(1, rule_.asked);
    }

    void theRuleSeesTheRequest() {
        client_.id = "site";
        rule_.answer = [this](const NoteInHand& tokens) {
            CPPUNIT_ASSERT(&tokens.client() == &client_ && &tokens.context() == &context_);
            CPPUNIT_ASSERT_EQUAL(std::string("u1"), tokens.subject().id);
            CPPUNIT_ASSERT_EQUAL(std::string_view("x"), tokens.parameters().text("right"));
            return FakeRule::Carried(tokens.note());
        };
        CPPUNIT_ASSERT(carried(noted_, {{"right", "x"}}));
    }

    void lessMayBeCarried() {
        rule_.answer = [](const NoteInHand&) { return ValueMap{{"n", 0}}; };
        CPPUNIT_ASSERT((ValueMap{{"rule", ValueMap{{"n", 0}}}, {"other", ValueMap{{"m", 2}}}}) ==
                       carried(noted_)->notes);
    }

    void aRefusalIsTold() {
        rule_.answer = [](const NoteInHand&) { return OAuthError::of("too_much", "No"); };
        CPPUNIT_ASSERT_EQUAL(std::string("too_much"), carried(noted_).error().code);
    }

    void whatIsThrownOrTooLongIsOurFault() {
        rule_.answer = [](const NoteInHand&) -> FakeRule::Carried {
            throw std::runtime_error("lost my head");
        };
        CPPUNIT_ASSERT(OAuthCode::serverError == carried(noted_).error().code);
        rule_.answer = [](const NoteInHand&) { return ValueMap{{"x", std::string(5000, 'x')}}; };
        CPPUNIT_ASSERT(OAuthCode::serverError == carried(noted_).error().code);
    }

    void membersAreToldWhereThereIsSomething() {
        CPPUNIT_ASSERT((ValueMap{{"rights", ValueMap{{"n", 1}}}}) == carried(noted_)->members);
        CPPUNIT_ASSERT(carried({})->members.empty());
        const std::vector<std::string> api{"https://api.example/"};
        const auto elsewhere = notes_.carried({context_, client_, subject_, nullptr, api}, noted_);
        CPPUNIT_ASSERT(elsewhere->members.empty());
        CPPUNIT_ASSERT(noted_ == elsewhere->notes);
        rule_.answer = [](const NoteInHand&) { return ValueMap{}; };
        CPPUNIT_ASSERT(carried(noted_)->members.empty());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TokenNotesTest);

}  // namespace gatehouse
