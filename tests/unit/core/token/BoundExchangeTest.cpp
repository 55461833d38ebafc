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
};

CPPUNIT_TEST_SUITE_REGISTRATION(BoundExchangeTest);

}  // namespace gatehouse
