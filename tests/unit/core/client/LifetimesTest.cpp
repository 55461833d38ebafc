// SPDX-License-Identifier: Apache-2.0
#include "client/Lifetimes.h"

#include "client/OwnClientRules.h"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

namespace gatehouse {

class LifetimesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LifetimesTest);
    CPPUNIT_TEST(theClientComesFirstThenItsIssuer);
    CPPUNIT_TEST(graceIsNobodysUntilSomebodySaysIt);
    CPPUNIT_TEST(aLineTellsWhoSaysIt);
    CPPUNIT_TEST(eachHasItsBounds);
    CPPUNIT_TEST(noTokenOutlivesItsKey);
    CPPUNIT_TEST_SUITE_END();

    static constexpr IssuerId strict = 2;
    const Lifetimes lifetimes_{
        Lifetimes({{accessTokenTtl.name, 600}, {codeTtl.name, 60}},
                  {{strict, {{accessTokenTtl.name, 300}, {refreshTokenGrace.name, 0}}}})};

    static Client clientWith(const LifetimeMember& member, Value value) {
        Client client;
        client.metadata.set(member.name, std::move(value));
        return client;
    }

    static bool isAdmitted(const LifetimeMember& member, Value value) {
        const auto client = clientWith(member, std::move(value));
        return bool(ownClientRule(member.name)->admit(member.name, client.metadata, client));
    }

public:
    void theClientComesFirstThenItsIssuer() {
        CPPUNIT_ASSERT(lifetimes_.of(1, {}, accessTokenTtl) == seconds{600});
        CPPUNIT_ASSERT(lifetimes_.of(strict, {}, accessTokenTtl) == seconds{300});
        CPPUNIT_ASSERT(lifetimes_.of(strict, {}, codeTtl) == seconds{60});
        const auto own = clientWith(accessTokenTtl, 900);
        CPPUNIT_ASSERT(lifetimes_.of(strict, own, accessTokenTtl) == seconds{900});
        CPPUNIT_ASSERT(lifetimes_.ofServer(accessTokenTtl) == seconds{600});
    }

    void graceIsNobodysUntilSomebodySaysIt() {
        CPPUNIT_ASSERT(!lifetimes_.said(1, {}, refreshTokenGrace));
        CPPUNIT_ASSERT(*lifetimes_.said(strict, {}, refreshTokenGrace) == seconds{0});
        CPPUNIT_ASSERT(*lifetimes_.said(1, clientWith(refreshTokenIdle, 7), refreshTokenIdle) ==
                       seconds{7});
    }

    void aLineTellsWhoSaysIt() {
        const auto lines = lifetimes_.lines(strict);
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, lines.size());
        CPPUNIT_ASSERT_EQUAL(std::string("issuers.access_token_ttl_secs"), lines.front().from);
        CPPUNIT_ASSERT(lines.front().value == Value(300));
        CPPUNIT_ASSERT_EQUAL(std::string("oauth.authorization_code_ttl_secs"), lines[1].from);
        CPPUNIT_ASSERT_EQUAL(std::string("issuers.refresh_token_grace_secs"), lines[2].from);
    }

    void eachHasItsBounds() {
        for (const auto& member : lifetimeMembers) {
            CPPUNIT_ASSERT(isAdmitted(member, member.limits.least));
            CPPUNIT_ASSERT(isAdmitted(member, member.limits.most));
            CPPUNIT_ASSERT(isAdmitted(member, Value()));
            CPPUNIT_ASSERT(!isAdmitted(member, member.limits.least - 1));
            CPPUNIT_ASSERT(!isAdmitted(member, member.limits.most + 1));
            CPPUNIT_ASSERT(!isAdmitted(member, "60"));
            CPPUNIT_ASSERT(!isAdmitted(member, 1.5));
        }
    }

    void noTokenOutlivesItsKey() {
        CPPUNIT_ASSERT(checkClientLifetimes(clientWith(accessTokenTtl, 3600), seconds{3600}));
        for (const auto& member : {accessTokenTtl, idTokenTtl}) {
            const auto refused = checkClientLifetimes(clientWith(member, 3601), seconds{3600});
            CPPUNIT_ASSERT_EQUAL(std::string(member.name) +
                                     ": 3601, and a replaced key stays published for 3600 seconds "
                                     "alone",
                                 refused.error().detail);
        }
        CPPUNIT_ASSERT(checkClientLifetimes(clientWith(codeTtl, 600), seconds{60}));
        CPPUNIT_ASSERT(
            checkClientLifetimes(clientWith(accessTokenTtl, 86'400), milliseconds::max()));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LifetimesTest);

}  // namespace gatehouse
