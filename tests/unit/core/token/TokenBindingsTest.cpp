// SPDX-License-Identifier: Apache-2.0
#include "token/TokenBindings.h"

#include <gatehouse/RequiredBinding.h>
#include <gatehouse/testkit/FakeContext.h>

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

namespace {

/// Of any name; holds for the value "good".
class NamedBinding : public TokenBinding {
public:
    explicit NamedBinding(const char* confirmation = "key", const char* type = "Keyed")
        : confirmation_(confirmation), type_(type) {}
    std::string_view confirmation() const noexcept override { return confirmation_; }
    std::string_view tokenType() const noexcept override { return type_; }
    Result<std::optional<Possession>, OAuthError> bind(const Context&, const HttpRequest& request,
                                                       const Client&) const override {
        const auto key = request.header(confirmation_);
        return key.empty() ? std::optional<Possession>() : std::optional<Possession>(key);
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

/// Of all tokens.
class DemandedBinding final : public With<NamedBinding, RequiredBinding> {
public:
    explicit DemandedBinding(const char* confirmation, bool isRequired = true)
        : With(), confirmation_(confirmation), isRequired_(isRequired) {}
    std::string_view confirmation() const noexcept override { return confirmation_; }
    bool isRequired() const override { return isRequired_; }

private:
    const char* confirmation_;
    bool isRequired_;
};

/// Has a parameter, and tells what it wants.
class TellingBinding final : public With<NamedBinding, AskedBinding, BindingAnswer> {
public:
    explicit TellingBinding(std::string_view parameter = "key_jkt") : parameter_(parameter) {}
    std::string_view parameter() const noexcept override { return parameter_; }
    Result<Value, OAuthError> read(std::string_view value) const override {
        return value == "bad" ? OAuthError::of(OAuthCode::invalidRequest, "It is no key")
                              : Result<Value, OAuthError>(Value(value));
    }
    Result<std::optional<Possession>, OAuthError> proven(const Context&, const HttpRequest& request,
                                                         const Client&) const override {
        const auto key = request.header("key");
        return key.empty() ? std::optional<Possession>() : std::optional<Possession>(key);
    }
    std::string challenge(const OAuthError* error) const override {
        return error == nullptr ? "Keyed" : "Keyed error=\"" + error->code + "\"";
    }
    std::vector<Header> fields(const Context&, const HttpRequest&) const override {
        return {{"Key-Nonce", "n"}};
    }

private:
    std::string_view parameter_;
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
    CPPUNIT_TEST(twoThatAreRequiredAreToldWithBoth);
    CPPUNIT_TEST(anAuthorizationRequestMaySayToWhat);
    CPPUNIT_TEST(whatAClientProvesIsAskedFor);
    CPPUNIT_TEST(aParameterIsOnesOwn);
    CPPUNIT_TEST(whoShowsNoTokenLearnsAllSchemes);
    CPPUNIT_TEST(whatIsWrongIsToldOfTheSchemeThatWasShown);
    CPPUNIT_TEST(otherErrorsAskForNothing);
    CPPUNIT_TEST(goodAnswersTellWhatComesNext);
    CPPUNIT_TEST_SUITE_END();

    NamedBinding key_{"jkt", "DPoP"};
    NamedBinding tls_{"x5t#S256", "Bearer"};
    TokenBindings bindings_{{{"dpop", &key_}, {"tls", &tls_}}};
    TellingBinding key1_;
    TokenBindings telling_{{{"key", &key1_}}};
    testkit::FakeContext context_;

    using Challenges = std::vector<std::string>;
    Challenges challenges(const char* description, std::string_view scheme) {
        Challenges found;
        const auto error = OAuthError::of(OAuthCode::invalidToken, description);
        for (const auto& header : telling_.challenge(error, scheme, context_.issuer).headers) {
            CPPUNIT_ASSERT_EQUAL(std::string("WWW-Authenticate"), header.name);
            found.push_back(header.value);
        }
        return found;
    }

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

    void twoThatAreRequiredAreToldWithBoth() {
        DemandedBinding one("one");
        DemandedBinding idle("idle", false);
        DemandedBinding other("other");
        CPPUNIT_ASSERT(TokenBindings({{"a", &one}, {"b", &idle}}).check());
        const auto refused = TokenBindings({{"a", &one}, {"b", &idle}, {"c", &other}}).check();
        CPPUNIT_ASSERT_EQUAL(std::string("token_binding: a and c are both required, and a token is "
                                         "bound to one thing alone"),
                             refused.error().detail);
    }

    void anAuthorizationRequestMaySayToWhat() {
        CPPUNIT_ASSERT(telling_.asked(Form({{"scope", "openid"}}))->empty());
        CPPUNIT_ASSERT(*telling_.asked(Form({{"key_jkt", "k1"}})) == ValueMap({{"key", "k1"}}));
        CPPUNIT_ASSERT(telling_.asked(Form({{"key_jkt", "bad"}})).error().code ==
                       OAuthCode::invalidRequest);
        CPPUNIT_ASSERT(bindings_.asked(Form({{"key_jkt", "k1"}}))->empty());
    }

    void whatAClientProvesIsAskedFor() {
        HttpRequest request;
        request.headers = {{"key", "k1"}};
        const auto jkt = [&](const Form& form) {
            return std::string(
                telling_.proven(context_, request, {}, form)->parameters.text("key_jkt"));
        };
        CPPUNIT_ASSERT_EQUAL(std::string("k1"), jkt(Form({{"scope", "openid"}})));
        CPPUNIT_ASSERT_EQUAL(std::string("k1"), jkt(Form({{"key_jkt", "k1"}})));
        const auto other = telling_.proven(context_, request, {}, Form({{"key_jkt", "k2"}}));
        CPPUNIT_ASSERT(other.error().code == OAuthCode::invalidRequest);
        CPPUNIT_ASSERT(!telling_.proven(context_, request, {}, Form({{"key_jkt", ""}})));
        request.headers.clear();
        CPPUNIT_ASSERT_EQUAL(std::string("k2"), jkt(Form({{"key_jkt", "k2"}})));
        CPPUNIT_ASSERT(telling_.proven(context_, request, {}, Form())->parameters.fields().empty());
    }

    void aParameterIsOnesOwn() {
        CPPUNIT_ASSERT(telling_.check());
        TellingBinding greedy("scope");
        TellingBinding nameless("");
        for (auto* odd : {&greedy, &nameless}) {
            CPPUNIT_ASSERT(!TokenBindings({{"odd", odd}}).check());
        }
        TellingBinding twin;
        CPPUNIT_ASSERT(!TokenBindings({{"one", &key1_}, {"two", &twin}}).check());
    }

    void whoShowsNoTokenLearnsAllSchemes() {
        const Challenges both{"Bearer realm=\"https://id.example.org\"", "Keyed"};
        CPPUNIT_ASSERT(challenges("", "Bearer") == both);
    }

    void whatIsWrongIsToldOfTheSchemeThatWasShown() {
        CPPUNIT_ASSERT(challenges("No", "Keyed") == Challenges{"Keyed error=\"invalid_token\""});
        const Challenges both{"Bearer realm=\"https://id.example.org\", error=\"invalid_token\", "
                              "error_description=\"No\"",
                              "Keyed"};
        CPPUNIT_ASSERT(challenges("No", "Bearer") == both);
    }

    void otherErrorsAskForNothing() {
        auto own = OAuthError::of(OAuthCode::invalidToken, "No");
        own.headers = {{"WWW-Authenticate", "Own"}};
        CPPUNIT_ASSERT_EQUAL(std::size_t{1},
                             telling_.challenge(own, "Keyed", context_.issuer).headers.size());
        const auto away = OAuthError::from(Error::unavailable("away"));
        CPPUNIT_ASSERT(telling_.challenge(away, "Keyed", context_.issuer).headers.empty());
        const auto none = OAuthError::of(OAuthCode::invalidToken, "");
        CPPUNIT_ASSERT(bindings_.challenge(none, "Bearer", context_.issuer).headers.empty());
    }

    void goodAnswersTellWhatComesNext() {
        CPPUNIT_ASSERT_EQUAL(std::string("n"), telling_.fields(context_, {}).at(0).value);
        CPPUNIT_ASSERT(bindings_.fields(context_, {}).empty());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TokenBindingsTest);

}  // namespace gatehouse
