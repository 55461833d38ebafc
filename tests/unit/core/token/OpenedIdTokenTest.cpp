// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeJose.h>

#include "ExchangeBed.h"
#include "json/Json.h"

namespace gatehouse {

namespace {

/// Takes JSON for what a JWT of ours claims.
class JsonJose final : public testkit::FakeJose {
public:
    Result<std::optional<VerifiedJwt>> verify(const Context&, std::string_view text) override {
        const auto claims = parseJson(text);
        return claims && claims->map() != nullptr
                   ? std::optional(VerifiedJwt{{{"typ", typ}}, *claims->map()})
                   : std::optional<VerifiedJwt>();
    }
    std::string typ = "JWT";
};

}  // namespace

/// Going on with ID tokens (RFC 8693).
class OpenedIdTokenTest : public ExchangeBed {
    CPPUNIT_TEST_SUITE(OpenedIdTokenTest);
    CPPUNIT_TEST(itStandsForWhatItWasGivenFor);
    CPPUNIT_TEST(ofSeveralTheLatest);
    CPPUNIT_TEST(whatGoesOnEndsWithIt);
    CPPUNIT_TEST(whatIsNoneIsNotOpened);
    CPPUNIT_TEST(norOneWithoutItsAuthorization);
    CPPUNIT_TEST(whatIsGivenInPlaceOfATokenIsToldAsItIs);
    CPPUNIT_TEST_SUITE_END();

    JsonJose jose_;

    ValueMap claims() {
        return {{"iss", bed_.context.issuer.url},
                {"sub", "sub-of-ann"},
                {"aud", "site"},
                {"sid", "s1"},
                {"iat", toSeconds(bed_.host.clock().now())},
                {"exp", toSeconds(bed_.host.clock().now()) + 60}};
    }
    void giveFamily(const std::string& family, const std::string& sid, ScopeSet scopes) {
        auto given = TokenBed::authorization("site");
        given.registration = "r1";
        given.family = family;
        given.authentication.sessionId = sid;
        given.scopes = std::move(scopes);
        Batch batch;
        batch.puts.push_back(bed_.families.record(
            bed_.context, bed_.families.make(given, 1, bed_.host.clock().now() + seconds{1000})));
        CPPUNIT_ASSERT(bed_.host.records().apply(bed_.context, std::move(batch)));
    }
    void show(const ValueMap& claims) {
        grant_.decision = [text = toJson(claims)](
                              const TokenRequest& request) -> Result<Entitlement, OAuthError> {
            auto opened = request.openIdToken(text);
            return opened ? Result<Entitlement, OAuthError>(Entitlement::from(*std::move(opened)))
                          : opened.error();
        };
    }
    void refused(std::string_view name, Value value) {
        auto odd = claims();
        odd.set(name, std::move(value));
        show(odd);
        const auto answer = exchange();
        CPPUNIT_ASSERT_MESSAGE(toJson(odd), !answer);
        CPPUNIT_ASSERT_EQUAL(std::string(OAuthCode::invalidRequest), answer.error().code);
    }

public:
    void setUp() override {
        ExchangeBed::setUp();
        bed_.host.use(jose_);
        giveFamily("family-1", "s1", {"email"});
        show(claims());
    }

    void itStandsForWhatItWasGivenFor() {
        giveFamily("family-2", "s2", {"openid"});
        const auto tokens = exchange();
        CPPUNIT_ASSERT(tokens && tokens->refreshToken.empty() && tokens->idToken.empty());
        CPPUNIT_ASSERT_EQUAL(std::string("family-1"), format_.written.family);
        CPPUNIT_ASSERT_EQUAL(std::string("email"), tokens->scopes.text());
    }

    void ofSeveralTheLatest() {
        giveFamily("family-2", "s1", {"openid", "email"});
        CPPUNIT_ASSERT_EQUAL(std::string("openid email"), exchange()->scopes.text());
    }

    void whatGoesOnEndsWithIt() {
        CPPUNIT_ASSERT_EQUAL(std::int64_t{60}, std::int64_t{exchange()->expiresIn.count()});
    }

    void whatIsNoneIsNotOpened() {
        const auto now = toSeconds(bed_.host.clock().now());
        refused("iss", "https://other.example");
        refused("aud", "other");
        refused("aud", ValueList{"site"});
        refused("sub", "");
        refused("sid", "");
        refused("exp", now);
        refused("exp", "soon");
        refused("events", ValueMap{});
        jose_.typ = "at+jwt";
        refused("sub", "sub-of-ann");
    }

    void norOneWithoutItsAuthorization() {
        refused("sid", "s9");
        refused("sub", "sub-of-bob");
        CPPUNIT_ASSERT(bed_.families.revoke(bed_.context, "family-1"));
        refused("sid", "s1");
    }

    void whatIsGivenInPlaceOfATokenIsToldAsItIs() {
        grant_.decision = [text = toJson(claims())](
                              const TokenRequest& request) -> Result<Entitlement, OAuthError> {
            auto opened = request.openIdToken(text);
            if (!opened) {
                return opened.error();
            }
            auto entitlement = Entitlement::from(*std::move(opened));
            entitlement.other =
                OtherToken{"text", "j1", "https://b.example", {"b:read"}, seconds{9}};
            return entitlement;
        };
        format_.written.id = "nothing";
        const auto told = exchange();
        CPPUNIT_ASSERT_EQUAL(std::string("text"), told->accessToken);
        CPPUNIT_ASSERT_EQUAL(std::string("N_A"), told->tokenType);
        CPPUNIT_ASSERT_EQUAL(std::string("b:read"), told->scopes.text());
        CPPUNIT_ASSERT(told->expiresIn == seconds{9} && told->refreshToken.empty());
        CPPUNIT_ASSERT_EQUAL(std::string("nothing"), format_.written.id);
        CPPUNIT_ASSERT(bed_.families.revoke(bed_.context, "family-1"));
        const auto again = exchange();
        CPPUNIT_ASSERT_EQUAL(std::string(OAuthCode::invalidRequest), again.error().code);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(OpenedIdTokenTest);

}  // namespace gatehouse
