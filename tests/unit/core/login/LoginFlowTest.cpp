// SPDX-License-Identifier: Apache-2.0
#include "LoginAsserts.h"

#include <cppunit/extensions/HelperMacros.h>

#include <vector>

namespace gatehouse {

class LoginFlowTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LoginFlowTest);
    CPPUNIT_TEST(aPersonLogsInConsentsAndTheSiteGetsACode);
    CPPUNIT_TEST(theCodeStandsForWhatWasAskedAndAllowed);
    CPPUNIT_TEST(aRuleIsAskedOnceAndItsNoteIsKept);
    CPPUNIT_TEST(aSourceIsAskedOnceAndWhatItReadIsKept);
    CPPUNIT_TEST(anAnswerIsRememberedAsLongAsAPageCanGoOn);
    CPPUNIT_TEST(whatASourceRefusesIsToldInTheWordsOfTheRequest);
    CPPUNIT_TEST(whatASourceReadsIsAcceptedOnlyIfItsPagesCanReadItAgain);
    CPPUNIT_TEST(withPromptNoneNoPageIsEverShown);
    CPPUNIT_TEST(aForcedLoginHappensOnce);
    CPPUNIT_TEST(aLoginThatIsTooOldIsRepeatedOnce);
    CPPUNIT_TEST(aCanceledLoginIsAccessDenied);
    CPPUNIT_TEST(somebodyElseThanAskedForIsRefusedAfterTheLogin);
    CPPUNIT_TEST(anErrorBeforeTheSiteIsProvenIsAPage);
    CPPUNIT_TEST(thePersonsLanguageIsKeptThroughThePages);
    CPPUNIT_TEST(pagesMayLeadToTheSite);
    CPPUNIT_TEST(aDisabledPersonIsSignedOut);
    CPPUNIT_TEST(whatHappenedIsPublished);
    CPPUNIT_TEST(storageThatIsAwayIsToldAndNothingIsLost);
    CPPUNIT_TEST(theReachableAcrValuesAreKnown);
    CPPUNIT_TEST_SUITE_END();

    LoginBed bed_;
    FakeBrowser browser_;

public:
    void aPersonLogsInConsentsAndTheSiteGetsACode() {
        const auto login = bed_.follow(browser_, bed_.authorize(browser_));
        CPPUNIT_ASSERT_EQUAL(std::string("login"), login.page.name);
        const auto consent = bed_.follow(browser_, bed_.logIn(browser_, login, "ada"));
        CPPUNIT_ASSERT_EQUAL(std::string("consent"), consent.page.name);
        CPPUNIT_ASSERT_EQUAL(std::string("Ada Lovelace"),
                             std::string(consent.page.values.text("person")));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, consent.page.values.find("scopes")->list()->size());
        assertBack(bed_.decide(browser_, consent, "allow"));
    }

    void theCodeStandsForWhatWasAskedAndAllowed() {
        const auto answer = bed_.journey(
            browser_, "resource=https://api.example/&claims=%7B%22id_token%22:%7B%22email%22:"
                      "null%7D,%22userinfo%22:%7B%22phone_number%22:null%7D%7D");
        const auto authorization = bed_.redeem(answer);
        CPPUNIT_ASSERT(authorization);
        CPPUNIT_ASSERT_EQUAL(std::string("site"), authorization->clientId);
        CPPUNIT_ASSERT_EQUAL(std::string("openid email"), authorization->scopes.text());
        CPPUNIT_ASSERT_EQUAL(std::string("people"), authorization->subject.store);
        CPPUNIT_ASSERT_EQUAL(std::string("id-ada"), authorization->subject.id);
        CPPUNIT_ASSERT_EQUAL(std::string("sub of people/id-ada"), authorization->subject.sub);
        CPPUNIT_ASSERT_EQUAL(std::string("n"), authorization->nonce);
        CPPUNIT_ASSERT(authorization->audience == std::vector<std::string>{"https://api.example/"});
        CPPUNIT_ASSERT(authorization->authentication.amr == std::vector<std::string>{"pwd"});
        CPPUNIT_ASSERT_EQUAL(std::string("urn:gatehouse:acr:one-factor"),
                             authorization->authentication.acr);
        CPPUNIT_ASSERT(!authorization->authentication.sessionId.empty());
        CPPUNIT_ASSERT_EQUAL(toSeconds(bed_.host.clock().now()),
                             toSeconds(authorization->authentication.time));
        CPPUNIT_ASSERT_EQUAL(std::string("ada@people.example"),
                             std::string(authorization->idTokenClaims.text("email")));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, authorization->idTokenClaims.size());
        CPPUNIT_ASSERT(authorization->userinfoClaims.contains("phone_number"));
    }

    void aSourceIsAskedOnceAndWhatItReadIsKept() {
        bed_.shelf.kept = LoginBed::request("state=kept&nonce=kept&ui_locales=de&card=4711");
        const auto login = bed_.follow(browser_, bed_.authorizeFromShelf(browser_));
        CPPUNIT_ASSERT_EQUAL(std::string("de"), login.page.language);
        const auto action = LoginBed::actionOf(login);
        const auto again = bed_.follow(
            browser_, bed_.open(browser_, action.substr(0, action.rfind('/')) + "/restart"));
        const auto consent = bed_.follow(browser_, bed_.logIn(browser_, again, "ada"));
        const auto answer = bed_.decide(browser_, consent, "allow");
        CPPUNIT_ASSERT(LoginBed::back(answer).text("state") == "kept");
        const auto authorization = bed_.redeem(answer);
        CPPUNIT_ASSERT_EQUAL(std::string("kept"), authorization->nonce);
        CPPUNIT_ASSERT(authorization->notes.find("loyalty") != nullptr);
        CPPUNIT_ASSERT_EQUAL(1, bed_.shelf.asked);
    }

    void anAnswerIsRememberedAsLongAsAPageCanGoOn() {
        bed_.shelf.kept = LoginBed::request("prompt=login");
        const auto open = bed_.authorizeFromShelf(browser_);
        auto answer = bed_.follow(
            browser_,
            bed_.logIn(browser_, bed_.follow(browser_, bed_.authorizeFromShelf(browser_)), "ada"));
        CPPUNIT_ASSERT(LoginBed::back(bed_.decide(browser_, answer, "allow")).has("code"));
        const auto [id, page] = LoginBed::split(open.location);
        bed_.host.fakeClock.advance(seconds{900 + 3600 - 1});
        const auto again = bed_.open(browser_, "/interaction/" + id + "/restart");
        CPPUNIT_ASSERT(LoginBed::back(again).text("error") == OAuthCode::invalidRequestUri);
        bed_.host.fakeClock.advance(seconds{2});
        CPPUNIT_ASSERT_EQUAL(std::string("message"),
                             bed_.open(browser_, "/interaction/" + id + "/restart").page.name);
    }

    void whatASourceRefusesIsToldInTheWordsOfTheRequest() {
        bed_.shelf.isEmpty = true;
        const auto page = bed_.authorizeFromShelf(browser_, "&scope=openid&ui_locales=de");
        CPPUNIT_ASSERT_EQUAL(std::string("error"), page.page.name);
        CPPUNIT_ASSERT_EQUAL(std::string("de"), page.page.language);
        const auto back = LoginBed::back(
            bed_.authorizeFromShelf(browser_, "&redirect_uri=https%3A%2F%2Fsite.example%2Fcb"));
        CPPUNIT_ASSERT(back.text("error") == "invalid_request_uri");
        CPPUNIT_ASSERT(back.text("state") == "sent");
    }

    void whatASourceReadsIsAcceptedOnlyIfItsPagesCanReadItAgain() {
        bed_.shelf.kept = LoginBed::request("nonce=" + std::string(300'000, 'x'));
        const auto answer =
            bed_.authorizeFromShelf(browser_, "&redirect_uri=https%3A%2F%2Fsite.example%2Fcb");
        if (answer.location.find("/interaction/") == std::string::npos) {
            CPPUNIT_ASSERT(LoginBed::back(answer).text("error") == "invalid_request");
            return;
        }
        CPPUNIT_ASSERT_EQUAL(std::string("login"), bed_.open(browser_, answer.location).page.name);
    }

    void aRuleIsAskedOnceAndItsNoteIsKept() {
        const auto login = bed_.follow(browser_, bed_.authorize(browser_, "card=4711"));
        const auto action = LoginBed::actionOf(login);
        const auto again = bed_.follow(
            browser_, bed_.open(browser_, action.substr(0, action.rfind('/')) + "/restart"));
        auto answer = bed_.follow(browser_, bed_.logIn(browser_, again, "ada"));
        answer = bed_.decide(browser_, answer, "allow");
        const ValueMap notes{{"loyalty", ValueMap{{"card", "4711"}}}};
        CPPUNIT_ASSERT(notes == bed_.redeem(answer)->notes);
        CPPUNIT_ASSERT_EQUAL(1, bed_.loyalty.asked);
        CPPUNIT_ASSERT(bed_.redeem(bed_.authorize(browser_))->notes.empty());
        CPPUNIT_ASSERT_EQUAL(1, bed_.loyalty.asked);
    }

    void withPromptNoneNoPageIsEverShown() {
        assertError("login_required", bed_.authorize(browser_, "prompt=none"));
        bed_.journey(browser_);
        assertBack(bed_.authorize(browser_, "prompt=none"));
        assertError("consent_required", bed_.authorize(browser_, "prompt=none&client_id=other"));
    }

    void aForcedLoginHappensOnce() {
        const auto first = bed_.redeem(bed_.journey(browser_));
        const auto login = bed_.follow(browser_, bed_.authorize(browser_, "prompt=login"));
        CPPUNIT_ASSERT_EQUAL(std::string("login"), login.page.name);
        bed_.host.fakeClock.advance(seconds{5});
        const auto answer = bed_.follow(browser_, bed_.logIn(browser_, login, "ada"));
        assertBack(answer);
        CPPUNIT_ASSERT(bed_.redeem(answer)->authentication.time > first->authentication.time);
    }

    void aLoginThatIsTooOldIsRepeatedOnce() {
        bed_.journey(browser_);
        bed_.host.fakeClock.advance(seconds{10});
        assertBack(bed_.authorize(browser_, "max_age=10"));
        for (const auto* maxAge : {"max_age=9", "max_age=0"}) {
            const auto login = bed_.follow(browser_, bed_.authorize(browser_, maxAge));
            CPPUNIT_ASSERT_EQUAL(std::string("login"), login.page.name);
            assertBack(bed_.follow(browser_, bed_.logIn(browser_, login, "ada")));
        }
    }

    void aCanceledLoginIsAccessDenied() {
        const auto login = bed_.follow(browser_, bed_.authorize(browser_));
        const auto cancel = std::string(login.page.values.text("cancel"));
        assertError("access_denied",
                    bed_.post(browser_, cancel, {{"csrf", LoginBed::csrfOf(login)}}));
        CPPUNIT_ASSERT(bed_.host.fakeRecords.all("session").empty());
    }

    void somebodyElseThanAskedForIsRefusedAfterTheLogin() {
        const auto sub = bed_.redeem(bed_.journey(browser_))->subject.sub;
        const auto wish =
            "claims=%7B%22id_token%22:%7B%22sub%22:%7B%22value%22:%22" + sub + "%22%7D%7D%7D";
        FakeBrowser other;
        bed_.journey(other, {}, "grace");
        assertError("login_required", bed_.authorize(other, wish + "&prompt=none"));
        assertBack(bed_.authorize(browser_, wish + "&prompt=none"));
        const auto login = bed_.follow(other, bed_.authorize(other, wish));
        CPPUNIT_ASSERT_EQUAL(std::string("login"), login.page.name);
        assertError("login_required", bed_.follow(other, bed_.logIn(other, login, "grace")));
        const auto again = bed_.follow(other, bed_.authorize(other, wish));
        assertBack(bed_.follow(other, bed_.logIn(other, again, "ada")));
    }

    void anErrorBeforeTheSiteIsProvenIsAPage() {
        for (const auto* changes : {"client_id=nobody", "redirect_uri=https://evil.example/"}) {
            const auto answer = bed_.authorize(browser_, changes);
            CPPUNIT_ASSERT(answer.location.empty());
            CPPUNIT_ASSERT_EQUAL(std::string("error"), answer.page.name);
            CPPUNIT_ASSERT_EQUAL(400, answer.status);
        }
        assertError("invalid_request", bed_.authorize(browser_, "prompt=pigeon"));
        CPPUNIT_ASSERT(browser_.cookies.empty());
    }

    void thePersonsLanguageIsKeptThroughThePages() {
        const auto login = bed_.follow(browser_, bed_.authorize(browser_, "ui_locales=de"));
        CPPUNIT_ASSERT_EQUAL(std::string("de"), login.page.language);
        const auto wrong = bed_.logIn(browser_, login, "ada", "wrong");
        CPPUNIT_ASSERT_EQUAL(std::string("de"), wrong.page.language);
        CPPUNIT_ASSERT(wrong.page.values.text("message").find("falsch") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(
            std::string("de"),
            bed_.follow(browser_, bed_.logIn(browser_, wrong, "ada")).page.language);
    }

    void pagesMayLeadToTheSite() {
        const auto login = bed_.follow(browser_, bed_.authorize(browser_));
        CPPUNIT_ASSERT(login.page.postsTo.empty());
        CPPUNIT_ASSERT_EQUAL(std::string("The Site"),
                             std::string(login.page.values.find("client")->map()->text("name")));
    }

    void aDisabledPersonIsSignedOut() {
        bed_.journey(browser_);
        bed_.users.users["ada"].isDisabled = true;
        assertError("login_required", bed_.authorize(browser_, "prompt=none"));
        CPPUNIT_ASSERT(bed_.host.fakeRecords.all("session").empty());
    }

    void whatHappenedIsPublished() {
        const auto login = bed_.follow(browser_, bed_.authorize(browser_));
        const auto wrong = bed_.logIn(browser_, login, "ada", "wrong");
        const auto consent = bed_.follow(browser_, bed_.logIn(browser_, wrong, "ada"));
        bed_.decide(browser_, consent, "allow");
        const auto again = bed_.follow(browser_, bed_.authorize(browser_, "prompt=consent"));
        bed_.decide(browser_, again, "deny");
        const auto more = bed_.follow(browser_, bed_.authorize(browser_, "prompt=login"));
        bed_.post(browser_, std::string(more.page.values.text("cancel")),
                  {{"csrf", LoginBed::csrfOf(more)}});
        std::string types;
        for (const auto& event : bed_.host.fakeEvents.all()) {
            types += std::string(event.type) + " ";
            CPPUNIT_ASSERT_EQUAL(std::string("site"), event.clientId);
            CPPUNIT_ASSERT_EQUAL(std::string("192.0.2.1"), event.remoteAddress);
        }
        CPPUNIT_ASSERT_EQUAL(
            std::string(
                "login.failed login.succeeded consent.granted consent.denied login.canceled "),
            types);
        CPPUNIT_ASSERT(!bed_.host.fakeEvents.ofType("login.succeeded").front().subject.empty());
    }

    void storageThatIsAwayIsToldAndNothingIsLost() {
        const auto login = bed_.follow(browser_, bed_.authorize(browser_));
        bed_.users.failure = Error::unavailable("away");
        const auto failed = bed_.logIn(browser_, login, "ada");
        CPPUNIT_ASSERT_EQUAL(503, failed.status);
        CPPUNIT_ASSERT(failed.retryAfter.count() > 0);
        bed_.users.failure.reset();
        bed_.host.fakeRecords.fail(Error::unavailable("away"));
        CPPUNIT_ASSERT_EQUAL(503, bed_.logIn(browser_, login, "ada").status);
        CPPUNIT_ASSERT_EQUAL(std::string("login"),
                             bed_.follow(browser_, bed_.authorize(browser_)).page.name);
        bed_.host.fakeRecords.fail(std::nullopt);
        CPPUNIT_ASSERT_EQUAL(std::string("consent"),
                             bed_.follow(browser_, bed_.logIn(browser_, login, "ada")).page.name);
        const auto consent = bed_.follow(browser_, bed_.authorize(browser_));
        CPPUNIT_ASSERT_EQUAL(std::string("consent"), consent.page.name);
        bed_.host.fakeRecords.fail(Error::unavailable("away"));
        assertError("temporarily_unavailable", bed_.authorize(browser_));
        CPPUNIT_ASSERT_EQUAL(503, bed_.decide(browser_, consent, "allow").status);
        CPPUNIT_ASSERT(bed_.host.fakeEvents.ofType("consent.granted").empty());
        bed_.host.fakeRecords.fail(std::nullopt);
        assertBack(bed_.decide(browser_, consent, "allow"));
    }

    void theReachableAcrValuesAreKnown() {
        const std::vector<std::string> expected{"urn:gatehouse:acr:one-factor",
                                                "urn:gatehouse:acr:two-factors"};
        CPPUNIT_ASSERT(bed_.flow.acrValues() == expected);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LoginFlowTest);

}  // namespace gatehouse
