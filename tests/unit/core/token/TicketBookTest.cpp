// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/Records.h>

#include "TokenBed.h"
#include "token/HeldUp.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class TicketBookTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TicketBookTest);
    CPPUNIT_TEST(aCodeOpensForItsClient);
    CPPUNIT_TEST(anotherClientIsRefusedAndTheCodeStaysGood);
    CPPUNIT_TEST(theRedirectUriMustBeTheSame);
    CPPUNIT_TEST(withPkceAndWithoutOpenIdItMayBeLeftOut);
    CPPUNIT_TEST(theVerifierMustFit);
    CPPUNIT_TEST(aCodeLivesAMinute);
    CPPUNIT_TEST(aClientMayHaveItsCodesLiveShorter);
    CPPUNIT_TEST(aKnownSelectorWithAnotherVerifierIsRefused);
    CPPUNIT_TEST(aCodeUsedTwiceRevokesItsFamily);
    CPPUNIT_TEST(whoAsksAgainSoonGetsNothingAndRevokesNothing);
    CPPUNIT_TEST(anotherVerifierRevokesAtOnce);
    CPPUNIT_TEST(aCodeUsedByAnEarlierVersionRevokesAtOnce);
    CPPUNIT_TEST(aRequestThatWasHeldUpRevokesNothing);
    CPPUNIT_TEST(anotherIssuerDoesNotKnowTheCode);
    CPPUNIT_TEST(theStorageHoldsNothingThatOpensTheCode);
    CPPUNIT_TEST_SUITE_END();

    static constexpr const char* uri = "https://site.example/callback";
    static constexpr const char* verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    static constexpr const char* challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    static constexpr seconds retryTime{20};

    TokenBed bed_;

    std::string issue() {
        return bed_.issueCode({TokenBed::authorization("site"), uri, challenge});
    }

    Result<OpenedTicket, OAuthError> open(const std::string& code, const char* client = "site",
                                          const char* redirect = uri,
                                          const char* proof = verifier) {
        return bed_.tickets.open(bed_.context, TicketKind::authorizationCode,
                                 TokenBed::client(client), bed_.form(redirect, proof), code);
    }

    void useUp(const OpenedTicket& code) {
        Batch batch;
        bed_.tickets.useUp(bed_.context, TokenBed::client("site"), code, batch);
        CPPUNIT_ASSERT(bed_.host.records().apply(bed_.context, batch)->applied());
    }

    static void refused(const Result<OpenedTicket, OAuthError>& opened) {
        CPPUNIT_ASSERT(!opened);
        CPPUNIT_ASSERT(opened.error().code == OAuthCode::invalidGrant);
        CPPUNIT_ASSERT(!opened.error().detail.empty());
    }

public:
    void aCodeOpensForItsClient() {
        const auto opened = open(issue());
        CPPUNIT_ASSERT(opened);
        CPPUNIT_ASSERT_EQUAL(std::string("sub-of-ann"), opened->authorization.subject.sub);
        CPPUNIT_ASSERT_EQUAL(std::string("openid email"), opened->authorization.scopes.text());
        CPPUNIT_ASSERT(!opened->authorization.family.empty());
    }

    void anotherClientIsRefusedAndTheCodeStaysGood() {
        const auto code = issue();
        refused(open(code, "thief"));
        CPPUNIT_ASSERT(open(code));
    }

    void theRedirectUriMustBeTheSame() {
        refused(open(issue(), "site", "https://site.example/callback?x=1"));
        refused(open(issue(), "site", ""));
    }

    void withPkceAndWithoutOpenIdItMayBeLeftOut() {
        auto authorization = TokenBed::authorization("site");
        authorization.scopes = {"notes.read"};
        const auto withPkce = bed_.issueCode({authorization, uri, challenge});
        refused(open(withPkce, "site", "https://site.example/other"));
        CPPUNIT_ASSERT(open(withPkce));
        CPPUNIT_ASSERT(open(withPkce, "site", ""));
        refused(open(bed_.issueCode({authorization, uri, ""}), "site", "", ""));
    }

    void theVerifierMustFit() {
        refused(open(issue(), "site", uri, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXx"));
        refused(open(issue(), "site", uri, ""));
    }

    void aCodeLivesAMinute() {
        const auto code = issue();
        bed_.host.fakeClock.advance(seconds{59});
        CPPUNIT_ASSERT(open(code));
        bed_.host.fakeClock.advance(seconds{1});
        refused(open(code));
    }

    void aClientMayHaveItsCodesLiveShorter() {
        auto hasty = TokenBed::client("site");
        hasty.metadata.set(codeTtl.name, 5);
        Batch batch;
        const auto code = bed_.tickets.issueCode(
            bed_.context, hasty, {TokenBed::authorization("site"), uri, challenge}, batch);
        CPPUNIT_ASSERT(bed_.host.records().apply(bed_.context, batch)->applied());
        bed_.host.fakeClock.advance(seconds{4});
        CPPUNIT_ASSERT(open(code));
        bed_.host.fakeClock.advance(seconds{1});
        refused(open(code));
    }

    void aKnownSelectorWithAnotherVerifierIsRefused() {
        auto code = issue();
        code.back() = code.back() == 'A' ? 'B' : 'A';
        refused(open(code));
    }

    void aCodeUsedTwiceRevokesItsFamily() {
        const auto code = issue();
        const auto opened = open(code);
        useUp(*opened);
        const auto& family = opened->authorization.family;
        bed_.host.fakeClock.advance(retryTime + milliseconds{1});
        CPPUNIT_ASSERT(!bed_.revocations.contains(1, family));
        refused(open(code));
        CPPUNIT_ASSERT(bed_.revocations.contains(1, family));
        const auto events = bed_.host.fakeEvents.ofType("authorization_code.reused");
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, events.size());
        CPPUNIT_ASSERT_EQUAL(std::string("site"), events.front().clientId);
        CPPUNIT_ASSERT_EQUAL(std::string("sub-of-ann"), events.front().subject);
    }

    void whoAsksAgainSoonGetsNothingAndRevokesNothing() {
        const auto code = issue();
        const auto opened = open(code);
        useUp(*opened);
        bed_.host.fakeClock.advance(retryTime);
        refused(open(code));
        CPPUNIT_ASSERT(!bed_.revocations.contains(1, opened->authorization.family));
        CPPUNIT_ASSERT(bed_.host.fakeEvents.ofType("authorization_code.reused").empty());
    }

    void anotherVerifierRevokesAtOnce() {
        for (const char* proof : {"dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXx", ""}) {
            const auto code = issue();
            const auto opened = open(code);
            useUp(*opened);
            refused(open(code, "site", uri, proof));
            CPPUNIT_ASSERT(bed_.revocations.contains(1, opened->authorization.family));
        }
    }

    void aCodeUsedByAnEarlierVersionRevokesAtOnce() {
        const auto code = issue();
        const auto opened = open(code);
        Batch batch;
        bed_.tickets.useUp(bed_.context, TokenBed::client("site"), *opened, batch);
        batch.puts.front().payload =
            R"({"hash":")" + opened->hash + R"(","used":true,"client":"site","subject":"s"})";
        CPPUNIT_ASSERT(bed_.host.records().apply(bed_.context, batch)->applied());
        refused(open(code));
        CPPUNIT_ASSERT(bed_.revocations.contains(1, opened->authorization.family));
    }

    void aRequestThatWasHeldUpRevokesNothing() {
        bed_.context.begun = bed_.host.clock().steady();
        const auto code = issue();
        const auto opened = open(code);
        useUp(*opened);
        bed_.host.fakeClock.advance(retryTime + heldUpAfter);
        const auto held = open(code);
        CPPUNIT_ASSERT(!held && held.error().code == OAuthCode::temporarilyUnavailable);
        CPPUNIT_ASSERT(!bed_.revocations.contains(1, opened->authorization.family));
    }

    void anotherIssuerDoesNotKnowTheCode() {
        const auto code = issue();
        const testkit::FakeContext other(2, "https://other.example.org");
        const Context context = other;
        refused(bed_.tickets.open(context, TicketKind::authorizationCode, TokenBed::client("site"),
                                  bed_.form(uri, verifier), code));
    }

    void theStorageHoldsNothingThatOpensTheCode() {
        const auto code = issue();
        const auto handle = Handle::parse(code);
        const auto record =
            bed_.host.records().find(bed_.context, "authorization_code", handle->selector);
        CPPUNIT_ASSERT((*record)->payload.find(handle->verifier) == std::string::npos);
        CPPUNIT_ASSERT((*record)->payload.find(code) == std::string::npos);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TicketBookTest);

}  // namespace gatehouse
