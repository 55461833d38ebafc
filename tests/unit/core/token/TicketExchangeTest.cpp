// SPDX-License-Identifier: Apache-2.0
#include "ExchangeBed.h"

namespace gatehouse {

/// What grants open, and what becomes of it.
class TicketExchangeTest : public ExchangeBed {
    CPPUNIT_TEST_SUITE(TicketExchangeTest);
    CPPUNIT_TEST(everythingThatWasOpenedIsUsedUp);
    CPPUNIT_TEST(whatIsOpenedTwiceIsUsedUpOnce);
    CPPUNIT_TEST(aTicketOfTheGrantsOwnEntitlesOnce);
    CPPUNIT_TEST(aTicketAndACodeAreUsedUpTogether);
    CPPUNIT_TEST(nobodyOpensTicketsOfAnother);
    CPPUNIT_TEST(aTicketIsForItsClientAlone);
    CPPUNIT_TEST(aTicketStandsForAClientToo);
    CPPUNIT_TEST(aTicketUsedTwiceRevokesWhatItGave);
    CPPUNIT_TEST(aTicketMayBeUsedForSomebodyElse);
    CPPUNIT_TEST(anErrorUsesNothingUp);
    CPPUNIT_TEST_SUITE_END();

public:
    void everythingThatWasOpenedIsUsedUp() {
        const std::vector<std::string> codes{issueCode(), issueCode()};
        openCodes(codes);
        CPPUNIT_ASSERT(exchange());
        for (const auto& code : codes) {
            openCodes({code});
            CPPUNIT_ASSERT(exchange().error().code == OAuthCode::invalidGrant);
        }
    }

    void whatIsOpenedTwiceIsUsedUpOnce() {
        const auto code = issueCode();
        openCodes({code, code});
        CPPUNIT_ASSERT(exchange());
        CPPUNIT_ASSERT(exchange().error().code == OAuthCode::invalidGrant);
    }

    void aTicketOfTheGrantsOwnEntitlesOnce() {
        openTicket(issueTicket());
        const auto tokens = exchange();
        CPPUNIT_ASSERT(tokens);
        CPPUNIT_ASSERT_EQUAL(std::string("email"), tokens->scopes.text());
        CPPUNIT_ASSERT(!tokens->refreshToken.empty());
        CPPUNIT_ASSERT_EQUAL(std::string("sub of local/ann"), format_.written.subject.sub);
        refusesGrant();
    }

    void aTicketAndACodeAreUsedUpTogether() {
        const auto code = issueCode();
        const auto ticket = issueTicket();
        grant_.decision = [&](const TokenRequest& request) -> Result<Entitlement, OAuthError> {
            auto first = request.openTicket(TicketKind::authorizationCode, code);
            const auto second = request.openTicket("voucher", ticket);
            return !first    ? Result<Entitlement, OAuthError>(first.error())
                   : !second ? second.error()
                             : Result<Entitlement, OAuthError>(Entitlement::from(*first));
        };
        CPPUNIT_ASSERT(exchange());
        openTicket(ticket);
        refusesGrant();
        openTicket(code, TicketKind::authorizationCode);
        refusesGrant();
    }

    void nobodyOpensTicketsOfAnother() {
        openTicket(issueTicket("other"));
        refusesGrant();
        openTicket(issueTicket("test"), "another kind");
        refusesGrant();
        exchange_ = std::make_unique<TokenExchange>(
            bed_.books(*people_), *issuer_, bindings_,
            std::map<std::string, InstanceNames>{{"test", {"grant.test", "test"}}});
        openTicket(issueCode(), TicketKind::authorizationCode);
        refusesGrant();
    }

    void aTicketIsForItsClientAlone() {
        openTicket(issueTicket("test", "another client"));
        refusesGrant();
    }

    void aTicketStandsForAClientToo() {
        openTicket(issueTicket("test", "site", {}));
        CPPUNIT_ASSERT(exchange());
        CPPUNIT_ASSERT_EQUAL(std::string("site"), format_.written.subject.sub);
        refusesGrant();
    }

    void aTicketUsedTwiceRevokesWhatItGave() {
        openTicket(issueTicket());
        CPPUNIT_ASSERT(exchange());
        bed_.host.fakeClock.advance(seconds{21});
        refusesGrant();
        CPPUNIT_ASSERT(bed_.revocations.contains(1, format_.written.family));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, bed_.host.fakeEvents.ofType("ticket.reused").size());
    }

    void aTicketMayBeUsedForSomebodyElse() {
        const auto use = [&](const std::string& id) {
            users_.person.id = "ann";
            const auto ticket = issueTicket();
            grant_.decision = [=](const TokenRequest& request) -> Result<Entitlement, OAuthError> {
                auto opened = request.openTicket("voucher", ticket);
                users_.person.id = "eve";
                opened->subject = Subject::person("local", id);
                return Entitlement::from(*std::move(opened));
            };
            return exchange();
        };
        CPPUNIT_ASSERT(use("eve"));
        CPPUNIT_ASSERT_EQUAL(std::string("sub of local/eve"), format_.written.subject.sub);
        CPPUNIT_ASSERT(use("bob").error().code == OAuthCode::invalidGrant);
    }

    void anErrorUsesNothingUp() {
        const auto ticket = issueTicket();
        grant_.decision = [=](const TokenRequest& request) -> Result<Entitlement, OAuthError> {
            CPPUNIT_ASSERT(request.openTicket("voucher", ticket));
            return OAuthError::of(OAuthCode::authorizationPending, "x");
        };
        CPPUNIT_ASSERT(exchange().error().code == OAuthCode::authorizationPending);
        CPPUNIT_ASSERT(exchange().error().code == OAuthCode::authorizationPending);
        openTicket(ticket);
        CPPUNIT_ASSERT(exchange());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TicketExchangeTest);

}  // namespace gatehouse
