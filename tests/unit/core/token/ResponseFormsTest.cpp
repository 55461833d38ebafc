// SPDX-License-Identifier: Apache-2.0
#include "token/ResponseForms.h"

#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include <cppunit/extensions/HelperMacros.h>

#include <functional>
#include <stdexcept>

namespace gatehouse {

namespace {

class PlainRule : public ClientMetadataRule {
public:
    std::vector<std::string_view> members() const override { return {"door"}; }
    Status admit(const Context&, const ValueMap&) const override { return done(); }
};

class Wrapping final : public With<PlainRule, ResponseForm> {
public:
    using Told = Result<std::optional<std::string>>;

    Told idToken(const Context&, const Client&, const std::string& token) const override {
        return answer(token);
    }
    Told userinfo(const Context&, const Client&, const ValueMap& claims) const override {
        return answer(std::string(claims.text("sub")));
    }

    std::function<Told(const std::string&)> answer = [](const std::string& text) {
        return Told(std::optional("(" + text + ")"));
    };
};

}  // namespace

class ResponseFormsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ResponseFormsTest);
    CPPUNIT_TEST(aRuleWithoutFormsHasNone);
    CPPUNIT_TEST(theFirstThatHasAFormCounts);
    CPPUNIT_TEST(withoutAFormTheTokenIsSentAsItIs);
    CPPUNIT_TEST(whatFailsGivesNothing);
    CPPUNIT_TEST_SUITE_END();

    testkit::FakeHost host_;
    testkit::FakeContext context_;
    Client client_;
    PlainRule plain_;
    Wrapping first_;
    Wrapping second_;
    ResponseForms forms_{host_, {{"plain", &plain_}, {"one", &first_}, {"two", &second_}}};

    static Wrapping::Told nothing(const std::string& /*text*/) {
        return std::optional<std::string>();
    }

public:
    void aRuleWithoutFormsHasNone() {
        CPPUNIT_ASSERT(ResponseForms(host_, {{"plain", &plain_}}).empty());
        CPPUNIT_ASSERT(!forms_.empty());
    }

    void theFirstThatHasAFormCounts() {
        CPPUNIT_ASSERT_EQUAL(std::string("(t)"), *forms_.idToken(context_, client_, "t"));
        first_.answer = nothing;
        second_.answer = [](const std::string& text) {
            return Wrapping::Told(std::optional("[" + text + "]"));
        };
        CPPUNIT_ASSERT(*forms_.userinfo(context_, client_, {{"sub", "1"}}) == "[1]");
    }

    void withoutAFormTheTokenIsSentAsItIs() {
        first_.answer = nothing;
        second_.answer = nothing;
        CPPUNIT_ASSERT_EQUAL(std::string("t"), *forms_.idToken(context_, client_, "t"));
        CPPUNIT_ASSERT(!*forms_.userinfo(context_, client_, {}));
    }

    void whatFailsGivesNothing() {
        first_.answer = [](const std::string&) -> Wrapping::Told {
            throw std::runtime_error("no key");
        };
        const auto told = forms_.idToken(context_, client_, "t");
        CPPUNIT_ASSERT(!told);
        CPPUNIT_ASSERT(told.error().detail.find("client_metadata_rule.one") != std::string::npos);
        first_.answer = [](const std::string&) -> Wrapping::Told { return Error::internal("x"); };
        CPPUNIT_ASSERT(!forms_.userinfo(context_, client_, {}));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ResponseFormsTest);

}  // namespace gatehouse
