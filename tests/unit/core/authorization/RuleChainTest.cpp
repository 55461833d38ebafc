// SPDX-License-Identifier: Apache-2.0
#include "authorization/RuleChain.h"

#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include "authorization/SeenRequest.h"
#include "text/FormText.h"

#include <cppunit/extensions/HelperMacros.h>

#include <functional>

namespace gatehouse {

namespace {

using Note = Result<ValueMap, OAuthError>;

class FakeRule final : public AuthorizationRule {
public:
    std::vector<std::string_view> parameters() const override { return names; }
    Note check(const RequestInHand& request) const override {
        ++asked;
        return answer(request);
    }

    std::vector<std::string_view> names;
    std::function<Note(const RequestInHand&)> answer = [](const RequestInHand&) {
        return ValueMap{};
    };
    mutable int asked = 0;
};

ValueMap nested(int levels) {
    ValueMap map{{"end", true}};
    for (; levels > 0; --levels) {
        map = ValueMap{{"in", std::move(map)}};
    }
    return map;
}

}  // namespace

class RuleChainTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RuleChainTest);
    CPPUNIT_TEST(aRuleIsAskedWhenOneOfItsParametersIsThere);
    CPPUNIT_TEST(aRuleWithoutParametersIsAskedAlways);
    CPPUNIT_TEST(eachNoteStandsUnderItsRule);
    CPPUNIT_TEST(theFirstRefusalEndsIt);
    CPPUNIT_TEST(aRuleSeesWhoAsksWithWhat);
    CPPUNIT_TEST(whatIsThrownIsOurFaultAndNamed);
    CPPUNIT_TEST(aNoteThatIsTooLongIsRefused);
    CPPUNIT_TEST(aNoteIsWhatWillBeReadAgain);
    CPPUNIT_TEST_SUITE_END();

    testkit::FakeHost host_;
    testkit::FakeContext fakeContext_{7};
    Context context_ = fakeContext_;
    HttpRequest http_;
    Client client_;
    FakeRule first_;
    FakeRule second_;

    Note ask(const std::string& query = {}) {
        host_.add<AuthorizationRule>("first", first_);
        host_.add<AuthorizationRule>("second", second_);
        const Form form = *parseForm(query);
        return RuleChain(host_, {"second", "first"})
            .ask(SeenRequest(context_, http_, form, client_));
    }
    OAuthError refusal(const std::function<Note(const RequestInHand&)>& answer) {
        second_.answer = answer;
        auto note = ask();
        CPPUNIT_ASSERT(!note);
        return note.error();
    }

public:
    void aRuleIsAskedWhenOneOfItsParametersIsThere() {
        first_.names = {"a", "b"};
        second_.names = {"c"};
        CPPUNIT_ASSERT(ask("b=1&d=2&c="));
        CPPUNIT_ASSERT_EQUAL(1, first_.asked);
        CPPUNIT_ASSERT_EQUAL(0, second_.asked);
    }

    void aRuleWithoutParametersIsAskedAlways() {
        CPPUNIT_ASSERT(ask());
        CPPUNIT_ASSERT_EQUAL(1, first_.asked);
    }

    void eachNoteStandsUnderItsRule() {
        first_.answer = [](const RequestInHand&) { return ValueMap{{"n", 1}}; };
        CPPUNIT_ASSERT((ValueMap{{"first", ValueMap{{"n", 1}}}}) == *ask());
    }

    void theFirstRefusalEndsIt() {
        const auto error = refusal([](const RequestInHand&) {
            return OAuthError::of(OAuthCode::accessDenied, "Not today");
        });
        CPPUNIT_ASSERT(OAuthCode::accessDenied == error.code);
        CPPUNIT_ASSERT_EQUAL(0, first_.asked);
    }

    void aRuleSeesWhoAsksWithWhat() {
        http_.headers = {{"dpop", "proof"}};
        client_.id = "site";
        second_.answer = [](const RequestInHand& request) -> Note {
            return ValueMap{{"header", request.header("dpop")},
                            {"client", request.client().id},
                            {"issuer", std::int64_t{request.context().issuer.id}},
                            {"text", request.parameters().text("text")}};
        };
        const ValueMap seen{{"header", "proof"}, {"client", "site"}, {"issuer", 7}, {"text", "x"}};
        CPPUNIT_ASSERT((ValueMap{{"second", seen}}) == *ask("text=x"));
    }

    void whatIsThrownIsOurFaultAndNamed() {
        const auto error =
            refusal([](const RequestInHand&) -> Note { throw std::runtime_error("lost my head"); });
        CPPUNIT_ASSERT(OAuthCode::serverError == error.code);
        CPPUNIT_ASSERT_EQUAL(
            std::string("authorization_rule.second: an exception left it: lost my head"),
            error.detail);
        CPPUNIT_ASSERT(OAuthCode::serverError ==
                       refusal([](const RequestInHand&) -> Note { throw 7; }).code);
        CPPUNIT_ASSERT_EQUAL(2.0,
                             host_.fakeMetrics.value("gatehouse_plugin_exceptions_total",
                                                     {{"plugin", "authorization_rule.second"}}));
    }

    /// Whoever sends a long value raises no alarm.
    void aNoteThatIsTooLongIsRefused() {
        const auto error = refusal([](const RequestInHand&) {
            return ValueMap{{"text", std::string(4090, 'x')}};
        });
        CPPUNIT_ASSERT(OAuthCode::invalidRequest == error.code);
        CPPUNIT_ASSERT(error.detail.find("authorization_rule.second") == 0);
        second_.answer = [](const RequestInHand&) {
            return ValueMap{{"text", std::string(4000, 'x')}};
        };
        CPPUNIT_ASSERT(ask());
    }

    void aNoteIsWhatWillBeReadAgain() {
        second_.answer = [](const RequestInHand&) { return ValueMap{{"bytes", "a\xff"}}; };
        CPPUNIT_ASSERT((ValueMap{{"second", ValueMap{{"bytes", "a\xef\xbf\xbd"}}}}) == *ask());
        second_.answer = [](const RequestInHand&) { return nested(20); };
        CPPUNIT_ASSERT((ValueMap{{"second", nested(20)}}) == *ask());
        const auto error = refusal([](const RequestInHand&) { return nested(28); });
        CPPUNIT_ASSERT(OAuthCode::serverError == error.code);
        CPPUNIT_ASSERT(OAuthCode::serverError == refusal([](const RequestInHand&) {
                                                     return ValueMap{{"n", 1}, {"n", 2}};
                                                 }).code);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RuleChainTest);

}  // namespace gatehouse
