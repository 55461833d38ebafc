// SPDX-License-Identifier: Apache-2.0
#include "ExchangeBed.h"

namespace gatehouse {

/// What the tokens of a request are bound to.
class BoundExchangeTest : public ExchangeBed {
    CPPUNIT_TEST_SUITE(BoundExchangeTest);
    CPPUNIT_TEST(tokensAreBoundToWhatTheRequestProves);
    CPPUNIT_TEST(whatIsBoundIsOpenedByItsKeyAlone);
    CPPUNIT_TEST(aGrantCannotTakeTheBindingAway);
    CPPUNIT_TEST(theFamilyOfAPublicClientIsBound);
    CPPUNIT_TEST(whoHasNothingToRedeemUsesNoProofUp);
    CPPUNIT_TEST(aProofThatIsGoodOnceGivesTokensOnce);
    CPPUNIT_TEST(whoGetsNoTokensUsesNoProofUp);
    CPPUNIT_TEST(aMarkThatLiesElsewhereIsWrittenBefore);
    CPPUNIT_TEST(whoGetsNoTokensUsesNoProofUpThatIsMarkedElsewhere);
    CPPUNIT_TEST(aProofThatIsMarkedElsewhereIsUsedOnceInAllRounds);
    CPPUNIT_TEST(whatAPluginDecidesByItselfIsBoundAsItSays);
    CPPUNIT_TEST_SUITE_END();

public:
    void tokensAreBoundToWhatTheRequestProves() {
        entitle(Subject::person("local", "ann"));
        CPPUNIT_ASSERT_EQUAL(std::string("Bearer"), exchange()->tokenType);
        CPPUNIT_ASSERT(format_.written.confirmation.empty());
        request_.headers = {{"key", "k1"}};
        CPPUNIT_ASSERT_EQUAL(std::string("Keyed"), exchange()->tokenType);
        CPPUNIT_ASSERT(format_.written.confirmation.text("key") == "k1");
    }

    void whatIsBoundIsOpenedByItsKeyAlone() {
        auto authorization = TokenBed::authorization("site");
        authorization.registration = "r1";
        authorization.scopes = {"email"};
        authorization.confirmation = {{"key", "k1"}};
        const auto code = bed_.issueCode({authorization, {}, {}});
        openTicket(code, TicketKind::authorizationCode);
        refusesGrant();
        request_.headers = {{"key", "k2"}};
        refusesGrant();
        request_.headers = {{"key", "k1"}};
        CPPUNIT_ASSERT(exchange());
    }

    void aGrantCannotTakeTheBindingAway() {
        auto authorization = TokenBed::authorization("site");
        authorization.registration = "r1";
        authorization.confirmation = {{"key", "k1"}};
        const auto code = bed_.issueCode({authorization, {}, {}});
        grant_.decision = [=](const TokenRequest& request) -> Result<Entitlement, OAuthError> {
            auto opened = request.openTicket(TicketKind::authorizationCode, code);
            opened->confirmation = {};
            return Entitlement::from(*std::move(opened));
        };
        refusesGrant();
    }

    void theFamilyOfAPublicClientIsBound() {
        entitle(Subject::person("local", "ann"));
        request_.headers = {{"key", "k1"}};
        CPPUNIT_ASSERT(exchange());
        const auto confirmationOf = [&] {
            const auto family = bed_.families.find(bed_.context, format_.written.family);
            return (*family)->authorization.confirmation;
        };
        CPPUNIT_ASSERT(confirmationOf().empty());
        authMethod_ = "none";
        CPPUNIT_ASSERT(exchange());
        CPPUNIT_ASSERT(confirmationOf().text("key") == "k1");
    }

    void whoHasNothingToRedeemUsesNoProofUp() {
        grant_.decision = [](const TokenRequest&) -> Result<Entitlement, OAuthError> {
            return OAuthError::of(OAuthCode::invalidGrant, "It is nobody's");
        };
        request_.headers = {{"key", "refused"}};
        CPPUNIT_ASSERT(exchange().error().code == OAuthCode::invalidGrant);
        entitle(Subject::person("local", "ann"));
        CPPUNIT_ASSERT_EQUAL(std::string("own_error"), exchange().error().code);
        request_.headers = {{"key", "null"}};
        CPPUNIT_ASSERT(exchange().error().code == OAuthCode::serverError);
    }

    void aProofThatIsGoodOnceGivesTokensOnce() {
        entitle(Subject::of(site()));
        prove("k1", "p1");
        CPPUNIT_ASSERT(exchange());
        CPPUNIT_ASSERT_EQUAL(std::string("own_error"), exchange().error().code);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, marks());
        prove("k1", "p2");
        CPPUNIT_ASSERT(exchange());
        const auto code = issueCode();
        openTicket(code, TicketKind::authorizationCode);
        CPPUNIT_ASSERT_EQUAL(std::string("own_error"), exchange().error().code);
        prove("k1", "p3");  // the code was not used up by that
        CPPUNIT_ASSERT(exchange());
    }

    void whoGetsNoTokensUsesNoProofUp() {
        auto authorization = TokenBed::authorization("site");
        authorization.registration = "r1";
        authorization.confirmation = {{"key", "k1"}};
        openTicket(bed_.issueCode({authorization, {}, {}}), TicketKind::authorizationCode);
        prove("k2", "p1");
        refusesGrant();
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, marks());
        prove("k1", "p1");
        CPPUNIT_ASSERT(exchange());
    }

    void aMarkThatLiesElsewhereIsWrittenBefore() {
        elsewhere_ = {"p1"};
        entitle(Subject::of(site()));
        for (const char* proof : {"p1", "p2"}) {
            prove("k1", proof);
            CPPUNIT_ASSERT(exchange());
            CPPUNIT_ASSERT_EQUAL(std::string("own_error"), exchange().error().code);
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, marks());
        const auto code = issueCode();
        openTicket(code, TicketKind::authorizationCode);
        prove("k1", "p1");
        CPPUNIT_ASSERT_EQUAL(std::string("own_error"), exchange().error().code);
        prove("k1", "p3");  // the code was not used up by that
        CPPUNIT_ASSERT(exchange());
    }

    void whoGetsNoTokensUsesNoProofUpThatIsMarkedElsewhere() {
        elsewhere_ = {"p1"};
        whoGetsNoTokensUsesNoProofUp();
    }

    void aProofThatIsMarkedElsewhereIsUsedOnceInAllRounds() {
        elsewhere_ = {"p1"};
        prove("k1", "p1");
        int rounds = 0;
        grant_.decision = [&](const TokenRequest& request) -> Result<Entitlement, OAuthError> {
            ++rounds;
            const auto code = issueCode();
            auto opened = request.openTicket(TicketKind::authorizationCode, code);
            if (rounds == 1) {  // somebody is faster
                eraseCodes();
            }
            return Entitlement::from(*std::move(opened));
        };
        CPPUNIT_ASSERT(exchange());
        CPPUNIT_ASSERT_EQUAL(2, rounds);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, marks());
    }

    void whatAPluginDecidesByItselfIsBoundAsItSays() {
        const AuthenticatedClient caller{std::make_shared<const Client>(site()), true, {}};
        auto entitlement = Entitlement::of(Subject::person("local", "ann"), {"email"});
        entitlement.authorization.confirmation = {{"key", "k1"}};
        CPPUNIT_ASSERT_EQUAL(
            std::string("Keyed"),
            exchange_->issue(bed_.context, entitlement, caller, "desk")->tokenType);
        CPPUNIT_ASSERT(format_.written.confirmation.text("key") == "k1");
        entitlement.authorization.confirmation = {{"gone", "k1"}};
        CPPUNIT_ASSERT(!exchange_->issue(bed_.context, entitlement, caller, "desk"));
    }

private:
    void prove(const char* key, const char* proof) {
        request_.headers = {{"key", key}, {"proof", proof}};
    }
    void eraseCodes() {
        Batch batch;
        const auto codes = bed_.host.records().list(bed_.context, "authorization_code", {}, {}, 10);
        for (const auto& code : codes->records) {
            batch.erases.push_back({code.kind, code.key});
        }
        CPPUNIT_ASSERT(!batch.erases.empty());
        CPPUNIT_ASSERT(bed_.host.records().apply(bed_.context, batch));
    }
    std::size_t marks() {
        return bed_.host.records()
            .list(bed_.context, "token_binding.key/replay", {}, {}, 10)
            ->records.size();
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(BoundExchangeTest);

}  // namespace gatehouse
