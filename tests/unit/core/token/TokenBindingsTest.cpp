// SPDX-License-Identifier: Apache-2.0
#include "token/TokenBindings.h"

#include <gatehouse/testkit/FakeContext.h>

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

namespace {

/// Of any name; holds for the value "good".
class NamedBinding final : public TokenBinding {
public:
    NamedBinding(const char* confirmation, const char* type)
        : confirmation_(confirmation), type_(type) {}
    std::string_view confirmation() const noexcept override { return confirmation_; }
    std::string_view tokenType() const noexcept override { return type_; }
    Result<std::optional<Value>, OAuthError> bind(const Context&, const HttpRequest& request,
                                                  const Client&) const override {
        const auto key = request.header(confirmation_);
        return key.empty() ? std::optional<Value>() : std::optional<Value>(key);
    }
    Result<std::monostate, OAuthError> prove(const Context&, const HttpRequest&, std::string_view,
                                             const Value& bound) const override {
        return bound == Value("good") ? Result<std::monostate, OAuthError>(std::monostate{})
                                      : OAuthError::of(OAuthCode::invalidToken, "x");
    }

private:
    const char* confirmation_;
    const char* type_;
};

}  // namespace

class TokenBindingsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TokenBindingsTest);
    CPPUNIT_TEST(theFirstThatFindsSomethingHasTheTokens);
    CPPUNIT_TEST(aBoundTokenIsShownByItsScheme);
    CPPUNIT_TEST(theProofMustHold);
    CPPUNIT_TEST(whatNobodyBoundIsNotGood);
    CPPUNIT_TEST(eachSchemeIsThereOnce);
    CPPUNIT_TEST(twoOfOneNameAreToldWithBoth);
    CPPUNIT_TEST(oneWithoutANameIsTold);
    CPPUNIT_TEST_SUITE_END();

    NamedBinding key_{"jkt", "DPoP"};
    NamedBinding tls_{"x5t#S256", "Bearer"};
    TokenBindings bindings_{{{"dpop", &key_}, {"tls", &tls_}}};
    testkit::FakeContext context_;

    BoundTo bound(std::vector<Header> headers) {
        HttpRequest request;
        request.headers = std::move(headers);
        return *bindings_.bind(context_, request, {});
    }
    bool holds(std::string_view scheme, const ValueMap& confirmation) {
        return bool(bindings_.prove(context_, {}, scheme, "t", confirmation));
    }

public:
    void theFirstThatFindsSomethingHasTheTokens() {
        CPPUNIT_ASSERT(bound({}).confirmation.empty());
        CPPUNIT_ASSERT(bound({}).tokenType == "Bearer");
        CPPUNIT_ASSERT(bound({{"x5t#S256", "c"}}).confirmation.text("x5t#S256") == "c");
        const auto both = bound({{"x5t#S256", "c"}, {"jkt", "k"}});
        CPPUNIT_ASSERT(both.tokenType == "DPoP");
        CPPUNIT_ASSERT(both.confirmation == ValueMap({{"jkt", "k"}}));
    }

    void aBoundTokenIsShownByItsScheme() {
        CPPUNIT_ASSERT(holds("DPoP", {{"jkt", "good"}}));
        CPPUNIT_ASSERT(!holds("Bearer", {{"jkt", "good"}}));
        CPPUNIT_ASSERT(holds("Bearer", {{"x5t#S256", "good"}}));
        CPPUNIT_ASSERT(holds("Bearer", {}));
        CPPUNIT_ASSERT(!holds("DPoP", {}));
    }

    void theProofMustHold() {
        CPPUNIT_ASSERT(!holds("DPoP", {{"jkt", "bad"}}));
        CPPUNIT_ASSERT(!holds("DPoP", {{"jkt", Value()}}));
    }

    void whatNobodyBoundIsNotGood() {
        for (const ValueMap& confirmation :
             {ValueMap{{"gone", "good"}}, ValueMap{{"jkt", "good"}, {"gone", "good"}}}) {
            CPPUNIT_ASSERT(bindings_.typeOf(confirmation).empty());
            CPPUNIT_ASSERT(!holds("Bearer", confirmation));
            CPPUNIT_ASSERT(!holds("DPoP", confirmation));
            CPPUNIT_ASSERT(!bindings_.of(confirmation));
        }
    }

    void eachSchemeIsThereOnce() {
        CPPUNIT_ASSERT(bindings_.schemes() == std::vector<std::string_view>({"Bearer", "DPoP"}));
    }

    void twoOfOneNameAreToldWithBoth() {
        CPPUNIT_ASSERT(bindings_.check());
        const TokenBindings twins({{"one", &key_}, {"two", &key_}});
        const auto checked = twins.check();
        CPPUNIT_ASSERT_EQUAL(std::string("token_binding: one and two both confirm by \"jkt\""),
                             checked.error().detail);
    }

    void oneWithoutANameIsTold() {
        NamedBinding nameless("", "x");
        CPPUNIT_ASSERT(!TokenBindings({{"nameless", &nameless}}).check());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TokenBindingsTest);

}  // namespace gatehouse
