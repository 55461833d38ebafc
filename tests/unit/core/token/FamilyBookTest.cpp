// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/Records.h>

#include "TokenBed.h"
#include "text/Base64Url.h"
#include "token/HeldUp.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class FamilyBookTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FamilyBookTest);
    CPPUNIT_TEST(theCurrentTokenOpens);
    CPPUNIT_TEST(theOneBeforeIsARetryInsideTheGrace);
    CPPUNIT_TEST(afterTheGraceItIsReuse);
    CPPUNIT_TEST(withoutGraceItIsReuseAtOnce);
    CPPUNIT_TEST(twoGenerationsBackIsReuseAlwaysAndEndsTheFamily);
    CPPUNIT_TEST(aRequestThatWasHeldUpFindsNoReuse);
    CPPUNIT_TEST(anotherClientIsRefusedAndNothingIsRevoked);
    CPPUNIT_TEST(aClientMadeAgainInheritsNothing);
    CPPUNIT_TEST(anIdleTokenIsRefused);
    CPPUNIT_TEST(graceAndIdlenessAreTheClientsToSay);
    CPPUNIT_TEST(noByteOfATokenMayDiffer);
    CPPUNIT_TEST(aGenerationToComeIsRefused);
    CPPUNIT_TEST(revokingAPersonEndsAllTheirFamiliesAndNobodyElses);
    CPPUNIT_TEST(aRevocationLastsAsLongAsTheTokensIssuedBefore);
    CPPUNIT_TEST(revokingTwiceShortensNothing);
    CPPUNIT_TEST(theNonceStaysWithTheFirstIdToken);
    CPPUNIT_TEST_SUITE_END();

    static constexpr seconds grace{30};
    TokenBed bed_;
    const Lifetimes longLifetimes_{{{accessTokenTtl.name, 86'400}}};

    Family keep(Family family) {
        Batch batch;
        batch.puts.push_back(bed_.families.record(bed_.context, family));
        CPPUNIT_ASSERT(bed_.host.records().apply(bed_.context, batch)->applied());
        return **bed_.families.find(bed_.context, family.authorization.family);
    }

    Family begin(std::string sub = "sub-of-ann") {
        auto authorization = TokenBed::authorization("site");
        authorization.family = bed_.handles.selector();
        authorization.subject.sub = std::move(sub);
        return keep(
            bed_.families.make(authorization, 1, bed_.host.clock().now() + seconds{86'400}));
    }

    Family rotate(Family family) {
        family.generation += 1;
        family.rotated = bed_.host.clock().now();
        return keep(family);
    }

    Result<OpenedFamily, OAuthError> open(const std::string& token, seconds allowed = grace,
                                          seconds idle = seconds{0}) {
        return bed_.families.open(bed_.context, TokenBed::client("site"), token, allowed, idle);
    }

    void assertRevokedFor(const Family& family, seconds life) {
        bed_.host.fakeClock.advance(life + RevocationSet::grace - seconds{1});
        bed_.revocations.dropExpired(bed_.host.clock().now());
        CPPUNIT_ASSERT(bed_.revocations.contains(1, family.authorization.family));
        bed_.host.fakeClock.advance(seconds{1});
        bed_.revocations.dropExpired(bed_.host.clock().now());
        CPPUNIT_ASSERT(!bed_.revocations.contains(1, family.authorization.family));
    }

    std::size_t listed(std::string_view sub) {
        return bed_.families.list(bed_.context, sub, {}, 10)->families.size();
    }
    bool isThere(const Family& family) {
        return bed_.families.find(bed_.context, family.authorization.family)->has_value();
    }

public:
    void theCurrentTokenOpens() {
        const auto family = begin();
        const auto opened = open(bed_.families.refreshToken(family));
        CPPUNIT_ASSERT(opened);
        CPPUNIT_ASSERT(!opened->isRetry);
        CPPUNIT_ASSERT_EQUAL(std::string("sub-of-ann"), opened->family.authorization.subject.sub);
    }

    void theOneBeforeIsARetryInsideTheGrace() {
        const auto first = begin();
        const auto second = rotate(first);
        bed_.host.fakeClock.advance(grace);
        const auto opened = open(bed_.families.refreshToken(first));
        CPPUNIT_ASSERT(opened);
        CPPUNIT_ASSERT(opened->isRetry);
        CPPUNIT_ASSERT_EQUAL(bed_.families.refreshToken(second),
                             bed_.families.refreshToken(opened->family));
    }

    void afterTheGraceItIsReuse() {
        const auto first = begin();
        rotate(first);
        bed_.host.fakeClock.advance(grace + seconds{1});
        CPPUNIT_ASSERT(!open(bed_.families.refreshToken(first)));
        CPPUNIT_ASSERT(!isThere(first));
    }

    void withoutGraceItIsReuseAtOnce() {
        const auto first = begin();
        rotate(first);
        CPPUNIT_ASSERT(!open(bed_.families.refreshToken(first), seconds{0}));
        CPPUNIT_ASSERT(!isThere(first));
    }

    void twoGenerationsBackIsReuseAlwaysAndEndsTheFamily() {
        const auto first = begin();
        const auto third = rotate(rotate(first));
        CPPUNIT_ASSERT(!open(bed_.families.refreshToken(first)));
        CPPUNIT_ASSERT(!open(bed_.families.refreshToken(third)));
        CPPUNIT_ASSERT(bed_.revocations.contains(1, first.authorization.family));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1},
                             bed_.host.fakeEvents.ofType("refresh_token.reused").size());
    }

    void aRequestThatWasHeldUpFindsNoReuse() {
        bed_.context.begun = bed_.host.clock().steady();
        const auto first = begin();
        const auto third = rotate(rotate(first));
        bed_.host.fakeClock.advance(heldUpAfter + milliseconds{1});
        const auto held = open(bed_.families.refreshToken(first));
        CPPUNIT_ASSERT(!held && held.error().code == OAuthCode::temporarilyUnavailable);
        CPPUNIT_ASSERT(open(bed_.families.refreshToken(third)));

        bed_.context.begun = bed_.host.clock().steady();
        CPPUNIT_ASSERT(!open(bed_.families.refreshToken(first)));
        CPPUNIT_ASSERT(!open(bed_.families.refreshToken(third)));
    }

    void anotherClientIsRefusedAndNothingIsRevoked() {
        const auto family = begin();
        const auto token = bed_.families.refreshToken(family);
        const auto opened =
            bed_.families.open(bed_.context, TokenBed::client("thief"), token, grace, seconds{0});
        CPPUNIT_ASSERT(!opened);
        CPPUNIT_ASSERT(opened.error().code == OAuthCode::invalidGrant);
        CPPUNIT_ASSERT(open(token));
    }

    void aClientMadeAgainInheritsNothing() {
        const auto token = bed_.families.refreshToken(begin());
        auto another = TokenBed::client("site");
        another.registration = "second";
        CPPUNIT_ASSERT(!bed_.families.open(bed_.context, another, token, grace, seconds{0}));
    }

    void anIdleTokenIsRefused() {
        const auto token = bed_.families.refreshToken(begin());
        bed_.host.fakeClock.advance(seconds{3599});
        CPPUNIT_ASSERT(open(token, grace, seconds{3600}));
        bed_.host.fakeClock.advance(seconds{1});
        CPPUNIT_ASSERT(!open(token, grace, seconds{3600}));
    }

    void graceAndIdlenessAreTheClientsToSay() {
        auto strict = TokenBed::client("site");
        strict.metadata.set(refreshTokenGrace.name, 10);
        strict.metadata.set(refreshTokenIdle.name, 60);
        const auto opens = [&](const Family& family) {
            return bool(bed_.families.open(bed_.context, strict, bed_.families.refreshToken(family),
                                           grace, seconds{0}));
        };
        const auto first = begin();
        rotate(first);
        bed_.host.fakeClock.advance(seconds{10});
        CPPUNIT_ASSERT(opens(first));
        bed_.host.fakeClock.advance(seconds{1});
        CPPUNIT_ASSERT(!opens(first));
        CPPUNIT_ASSERT(!isThere(first));
        const auto idle = begin();
        bed_.host.fakeClock.advance(seconds{59});
        CPPUNIT_ASSERT(opens(idle));
        bed_.host.fakeClock.advance(seconds{1});
        CPPUNIT_ASSERT(!opens(idle));
    }

    void noByteOfATokenMayDiffer() {
        const auto family = begin();
        const auto bytes = *fromBase64url(bed_.families.refreshToken(family));
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            auto changed = bytes;
            changed[i] = static_cast<char>(changed[i] ^ 1);
            CPPUNIT_ASSERT(!open(base64url(changed)));
        }
        CPPUNIT_ASSERT(!open(base64url(bytes.substr(1))));
        CPPUNIT_ASSERT(!open(base64url(bytes + "x")));
        CPPUNIT_ASSERT(!open(""));
        CPPUNIT_ASSERT(isThere(family));
    }

    void aGenerationToComeIsRefused() {
        auto family = begin();
        family.generation += 1;
        CPPUNIT_ASSERT(!open(bed_.families.refreshToken(family)));
        CPPUNIT_ASSERT(isThere(family));
    }

    void revokingAPersonEndsAllTheirFamiliesAndNobodyElses() {
        const auto one = begin();
        const auto two = begin();
        const auto other = begin("sub-of-bob");
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, listed("sub-of-ann"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, listed({}));
        CPPUNIT_ASSERT(bed_.families.revokeSubject(bed_.context, "sub-of-ann"));
        CPPUNIT_ASSERT(!isThere(one));
        CPPUNIT_ASSERT(!isThere(two));
        CPPUNIT_ASSERT(isThere(other));
    }

    void aRevocationLastsAsLongAsTheTokensIssuedBefore() {
        const FamilyBook before(bed_.host, bed_.revocations, longLifetimes_);
        auto authorization = TokenBed::authorization("site");
        authorization.family = bed_.handles.selector();
        auto family = keep(before.make(authorization, 1, never));
        family = rotate(family);  // under a shorter life
        CPPUNIT_ASSERT(bed_.families.revoke(bed_.context, family.authorization.family));
        assertRevokedFor(family, seconds{86'400});
    }

    void revokingTwiceShortensNothing() {
        const FamilyBook before(bed_.host, bed_.revocations, longLifetimes_);
        const auto family = begin();
        CPPUNIT_ASSERT(before.revoke(bed_.context, family.authorization.family));
        CPPUNIT_ASSERT(bed_.families.revoke(bed_.context, family.authorization.family));
        assertRevokedFor(family, seconds{86'400});
    }

    void theNonceStaysWithTheFirstIdToken() {
        auto authorization = TokenBed::authorization("site");
        authorization.nonce = "n-0S6_WzA2Mj";
        CPPUNIT_ASSERT(bed_.families.make(authorization, 1, never).authorization.nonce.empty());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(FamilyBookTest);

}  // namespace gatehouse
