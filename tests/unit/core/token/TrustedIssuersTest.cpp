// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeJose.h>

#include "ExchangeBed.h"

namespace gatehouse {

namespace {

/// Vouches for "TYP NAME" where it is this name; the assertion is good once.
class NamedIssuer final : public TrustedIssuer {
public:
    explicit NamedIssuer(std::string name) : name_(std::move(name)) {}
    Result<std::optional<Vouched>, OAuthError> vouch(const Context&, const Client&,
                                                     std::string_view assertion) const override {
        const auto name = assertion.substr(assertion.find(' ') + 1);
        if (name == "broken") {
            throw std::runtime_error("broken");
        }
        if (name != name_) {
            return std::optional<Vouched>();
        }
        Vouched vouched;
        vouched.subject = Subject::person("local", "ann");
        vouched.scopes = {"email"};
        vouched.expires = never;
        vouched.once = name;
        return std::optional(std::move(vouched));
    }

private:
    std::string name_;
};

/// Knows "known+jwt", which has to be of one name and is about nothing but "openid".
class KnownKind final : public With<ClientMetadataRule, AssertionKind> {
public:
    std::vector<std::string_view> members() const override { return {}; }
    Status admit(const Context&, const ValueMap&) const override { return done(); }
    std::string_view typ() const noexcept override { return "known+jwt"; }
    Status narrow(const Context&, const Client&, Vouched& vouched) const override {
        vouched.scopes = {"openid"};
        if (vouched.once == "away") {
            return Error::unavailable("away");
        }
        return vouched.once == "one" ? done() : Error::badInput("it is not the one");
    }
};

/// Takes what stands before the blank for the `typ`.
class TypJose final : public testkit::FakeJose {
public:
    std::optional<VerifiedJwt> peek(std::string_view text) const override {
        return VerifiedJwt{{{"typ", text.substr(0, text.find(' '))}}, {}};
    }
};

}  // namespace

class TrustedIssuersTest : public ExchangeBed {
    CPPUNIT_TEST_SUITE(TrustedIssuersTest);
    CPPUNIT_TEST(theIssuerThatKnowsItIsBelieved);
    CPPUNIT_TEST(oneThatBreaksIsNoRefusal);
    CPPUNIT_TEST(aKindIsHeldToItsOwnRules);
    CPPUNIT_TEST(aKindThatNobodyKnowsIsRefused);
    CPPUNIT_TEST(anAssertionIsUsedUpWithItsTokens);
    CPPUNIT_TEST(whereMarksLieElsewhereItIsUsedUpBefore);
    CPPUNIT_TEST_SUITE_END();

    NamedIssuer one_{"one"};
    NamedIssuer two_{"two"};
    NamedIssuer away_{"away"};
    KnownKind kind_;
    TypJose jose_;
    std::unique_ptr<TrustedIssuers> trusted_;

    Result<Vouched, OAuthError> vouch(std::string_view assertion) {
        return trusted_->vouch(bed_.context, site(), assertion);
    }
    void refused(std::string_view assertion, const std::string& why) {
        const auto answer = vouch(assertion);
        CPPUNIT_ASSERT(!answer);
        CPPUNIT_ASSERT_EQUAL(std::string(OAuthCode::invalidGrant), answer.error().code);
        CPPUNIT_ASSERT_EQUAL(why, answer.error().detail);
    }
    /// An exchange whose grant shows the assertion, and names its subject.
    TokenExchange showing(const std::string& assertion, const TokenBindings& bindings) {
        grant_.decision = [=](const TokenRequest& request) -> Result<Entitlement, OAuthError> {
            auto vouched = request.openAssertion(assertion);
            return vouched ? Result<Entitlement, OAuthError>(
                                 Entitlement::of(vouched->subject, vouched->scopes))
                           : vouched.error();
        };
        return {{bed_.host, bed_.handles, bed_.tickets, bed_.families, *people_, bed_.issued,
                 *trusted_},
                *issuer_,
                bindings,
                {{"test", TokenBed::keeper("test")}}};
    }
    Result<TokenSet, OAuthError> run(const TokenExchange& exchange) {
        return exchange.run(bed_.context, request_, Form({{"grant_type", "test"}}),
                            {std::make_shared<const Client>(site()), true, "192.0.2.1"});
    }
    std::size_t marks() {
        return bed_.host.records().list(bed_.context, "replay", {}, {}, 10)->records.size();
    }

public:
    void setUp() override {
        ExchangeBed::setUp();
        bed_.host.use(jose_);
        trusted_ = std::make_unique<TrustedIssuers>(
            bed_.host,
            std::vector<Host::Named<TrustedIssuer>>{
                {"one", &one_}, {"two", &two_}, {"away", &away_}},
            std::vector<Host::Named<ClientMetadataRule>>{{"kind", &kind_}});
    }

    void theIssuerThatKnowsItIsBelieved() {
        CPPUNIT_ASSERT_EQUAL(std::string("two"), vouch("JWT two")->once);
        refused("JWT three", "its issuer is not trusted");
    }

    void oneThatBreaksIsNoRefusal() {
        CPPUNIT_ASSERT(vouch("JWT broken").error().httpStatus() >= 500);
        CPPUNIT_ASSERT_EQUAL(503, vouch("known+jwt away").error().httpStatus());
    }

    void aKindIsHeldToItsOwnRules() {
        CPPUNIT_ASSERT_EQUAL(std::string("email"), vouch("JWT one")->scopes.text());
        for (const auto* typ : {"known+jwt", "Known+JWT", "application/known+jwt"}) {
            CPPUNIT_ASSERT_EQUAL(std::string("openid"),
                                 vouch(std::string(typ) + " one")->scopes.text());
        }
        refused("known+jwt two", "it is not the one");
    }

    void aKindThatNobodyKnowsIsRefused() {
        for (const auto* typ : {"", "JWT", "jwt", "at+jwt", "authorization-grant+jwt"}) {
            CPPUNIT_ASSERT(vouch(std::string(typ) + " one"));
        }
        refused("logout+jwt one", "no plugin knows the typ logout+jwt of the assertion");
    }

    void anAssertionIsUsedUpWithItsTokens() {
        const auto exchange = showing("JWT one", bindings_);
        bed_.host.fakeRecords.fail(Error::unavailable("away"));
        CPPUNIT_ASSERT_EQUAL(503, run(exchange).error().httpStatus());
        bed_.host.fakeRecords.fail(std::nullopt);
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, marks());
        CPPUNIT_ASSERT(run(exchange));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, marks());
        const auto again = run(exchange);
        CPPUNIT_ASSERT_EQUAL(std::string(OAuthCode::invalidGrant), again.error().code);
        CPPUNIT_ASSERT_EQUAL(std::string("it was used before"), again.error().detail);
    }

    void whereMarksLieElsewhereItIsUsedUpBefore() {
        const TokenBindings apart(
            {}, {&bed_.host.records(), {}, [](const ProofUse&) { return false; }});
        const auto exchange = showing("JWT two", apart);
        CPPUNIT_ASSERT(run(exchange));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, marks());
        CPPUNIT_ASSERT_EQUAL(std::string("it was used before"), run(exchange).error().detail);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TrustedIssuersTest);

}  // namespace gatehouse
