// SPDX-License-Identifier: Apache-2.0
#include "ExchangeBed.h"
#include "json/Members.h"
#include "token/TokenId.h"

namespace gatehouse {

/// Going on with tokens that were issued before (RFC 8693).
class ExchangedTokenTest : public ExchangeBed {
    CPPUNIT_TEST_SUITE(ExchangedTokenTest);
    CPPUNIT_TEST(itIsOfTheSameSubjectAndFamily);
    CPPUNIT_TEST(itHasNothingMore);
    CPPUNIT_TEST(itIsForNobodyElse);
    CPPUNIT_TEST(nothingRefreshesIt);
    CPPUNIT_TEST(notesStayBehind);
    CPPUNIT_TEST(itEndsWithWhatItCameFrom);
    CPPUNIT_TEST(theActorsTokenEndsItToo);
    CPPUNIT_TEST(aTokenThatIsNotGoodIsNotOpened);
    CPPUNIT_TEST(norOneWhoseAuthorizationIsGone);
    CPPUNIT_TEST(norOneThatCameFromTooMany);
    CPPUNIT_TEST(whatIsRevokedMeanwhileGivesNothing);
    CPPUNIT_TEST(whatIsBoundNeedsItsKey);
    CPPUNIT_TEST(aServicesTokenStaysItsOwn);
    CPPUNIT_TEST_SUITE_END();

    Authorization given_ = TokenBed::authorization("origin");

    TokenClaim claim() {
        TokenClaim claim;
        claim.family = "family-1";
        claim.id = tokenId(claim.family, "r0", "s1");
        claim.clientId = "origin";
        claim.subject.sub = "sub-of-ann";
        claim.scopes = {"email"};
        claim.audience = {"https://a.example", "https://b.example"};
        claim.expires = bed_.host.clock().now() + seconds{100};
        return claim;
    }
    void giveFamily() {
        given_.family = "family-1";
        Batch batch;
        batch.puts.push_back(bed_.families.record(
            bed_.context, bed_.families.make(given_, 1, bed_.host.clock().now() + seconds{1000})));
        CPPUNIT_ASSERT(bed_.host.records().apply(bed_.context, std::move(batch)));
    }
    /// The grant goes on with "t1", changed so.
    void goOn(const std::function<void(Entitlement&)>& change = [](Entitlement&) {}) {
        grant_.decision = [=](const TokenRequest& request) -> Result<Entitlement, OAuthError> {
            auto opened = request.openAccessToken("t1");
            if (!opened) {
                return opened.error();
            }
            auto entitlement = Entitlement::from(*std::move(opened));
            change(entitlement);
            return entitlement;
        };
    }
    void refused(std::string_view code) {
        const auto tokens = exchange();
        CPPUNIT_ASSERT(!tokens);
        CPPUNIT_ASSERT_EQUAL(std::string(code), tokens.error().code);
    }
    std::int64_t life() { return exchange()->expiresIn.count(); }

public:
    void setUp() override {
        ExchangeBed::setUp();
        giveFamily();
        bed_.keep("t1", claim());
        goOn();
    }

    void itIsOfTheSameSubjectAndFamily() {
        CPPUNIT_ASSERT(exchange());
        CPPUNIT_ASSERT_EQUAL(std::string("sub-of-ann"), format_.written.subject.sub);
        CPPUNIT_ASSERT_EQUAL(std::string("family-1"), format_.written.family);
        CPPUNIT_ASSERT_EQUAL(std::string("site"), format_.written.clientId);
        CPPUNIT_ASSERT(format_.written.audience == claim().audience);
    }

    void itHasNothingMore() {
        goOn([this](Entitlement& wider) {
            wider.authorization.scopes = {"email", "openid"};
            wider.authorization.expires = bed_.host.clock().now() + seconds{500};
        });
        CPPUNIT_ASSERT_EQUAL(std::string("email"), exchange()->scopes.text());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{100}, life());
    }

    void itIsForNobodyElse() {
        goOn([](Entitlement& other) { other.authorization.audience = {"https://c.example"}; });
        refused(OAuthCode::invalidTarget);
        goOn([](Entitlement& any) { any.authorization.audience = {}; });
        CPPUNIT_ASSERT(exchange());
        CPPUNIT_ASSERT(format_.written.audience == claim().audience);
    }

    void nothingRefreshesIt() {
        goOn([](Entitlement& more) { more.refreshToken = more.idToken = true; });
        const auto tokens = exchange();
        CPPUNIT_ASSERT(tokens && tokens->refreshToken.empty() && tokens->idToken.empty());
    }

    void notesStayBehind() {
        const auto client = site();
        const auto names = TokenBed::keeper("test");
        const GrantRequest request(bed_.context, client, {}, bed_.books(*people_), names);
        auto noted = Entitlement::from(*request.openAccessToken("t1"));
        noted.authorization.notes = {{"rule", "note"}};
        const auto granted = request.complete(std::move(noted), BoundTo{});
        CPPUNIT_ASSERT(granted && granted->entitlement.authorization.notes.empty());
    }

    void itEndsWithWhatItCameFrom() {
        auto second = claim();
        second.claims.set(AccessToken::exchangedFrom, ValueList{"first"});
        bed_.keep("t1", second);
        CPPUNIT_ASSERT(exchange());
        const std::vector<std::string> both{"first", second.id};
        CPPUNIT_ASSERT(both == textsOf(format_.written.claims.find(AccessToken::exchangedFrom)));
    }

    void theActorsTokenEndsItToo() {
        auto actor = claim();
        actor.family.clear();
        actor.id = "actor";
        actor.subject.sub = "robot";
        actor.expires = bed_.host.clock().now() + seconds{50};
        bed_.keep("t2", actor);
        grant_.decision = [](const TokenRequest& request) -> Result<Entitlement, OAuthError> {
            auto opened = request.openAccessToken("t1");
            CPPUNIT_ASSERT(request.openAccessToken("t2"));
            return Entitlement::from(*std::move(opened));
        };
        CPPUNIT_ASSERT_EQUAL(std::int64_t{50}, life());
        const std::vector<std::string> both{claim().id, "actor"};
        CPPUNIT_ASSERT(both == textsOf(format_.written.claims.find(AccessToken::exchangedFrom)));
    }

    void aTokenThatIsNotGoodIsNotOpened() {
        bed_.goodTokens.clear();
        refused(OAuthCode::invalidRequest);
    }

    void norOneWhoseAuthorizationIsGone() {
        auto other = claim();
        other.family = "family-2";
        bed_.keep("t1", other);
        refused(OAuthCode::invalidRequest);
    }

    void norOneThatCameFromTooMany() {
        auto late = claim();
        late.claims.set(AccessToken::exchangedFrom, ValueList(8, Value("x")));
        bed_.keep("t1", late);
        refused(OAuthCode::invalidRequest);
    }

    void whatIsRevokedMeanwhileGivesNothing() {
        goOn([this](Entitlement&) {
            CPPUNIT_ASSERT(bed_.families.revoke(bed_.context, "family-1"));
        });
        refused(OAuthCode::invalidRequest);
        CPPUNIT_ASSERT(bed_.host.fakeEvents.ofType("token.issued").empty());
    }

    void whatIsBoundNeedsItsKey() {
        auto bound = claim();
        bound.confirmation = {{"key", "k1"}};
        bed_.keep("t1", bound);
        goOn([](Entitlement& unbound) { unbound.authorization.confirmation = {}; });
        refused(OAuthCode::invalidGrant);
        request_.headers = {{"key", "k2"}};
        refused(OAuthCode::invalidGrant);
        request_.headers = {{"key", "k1"}};
        CPPUNIT_ASSERT(exchange());
    }

    void aServicesTokenStaysItsOwn() {
        auto service = claim();
        service.family.clear();
        service.subject.sub = service.clientId = "robot";
        bed_.keep("t1", service);
        CPPUNIT_ASSERT(exchange());
        CPPUNIT_ASSERT_EQUAL(std::string("robot"), format_.written.subject.sub);
        CPPUNIT_ASSERT_EQUAL(std::string("site"), format_.written.clientId);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ExchangedTokenTest);

}  // namespace gatehouse
