// SPDX-License-Identifier: Apache-2.0
#include "web/Answer.h"

#include <gatehouse/testkit/FakeContext.h>

#include "jose/IdTokenHash.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

namespace {

HttpRequest formRequest(std::string body, std::string type = "application/x-www-form-urlencoded") {
    HttpRequest request;
    request.method = "POST";
    request.headers = {{"content-type", std::move(type)}};
    request.body = std::move(body);
    return request;
}

std::string headerOf(const HttpResponse& response, std::string_view name) {
    for (const auto& field : response.headers) {
        if (field.name == name) {
            return field.value;
        }
    }
    return {};
}

}  // namespace

class AnswerTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AnswerTest);
    CPPUNIT_TEST(aDoubledParameterIsRefused);
    CPPUNIT_TEST(onlyOurFaultsAreErrorsInTheLog);
    CPPUNIT_TEST(anotherContentTypeIsRefused);
    CPPUNIT_TEST(aCharsetBehindTheContentTypeIsFine);
    CPPUNIT_TEST(statusesAreThoseOfTheRfc);
    CPPUNIT_TEST(anErrorOfAPluginHasItsStatusAndHeaders);
    CPPUNIT_TEST(aRateLimitAnswers429);
    CPPUNIT_TEST(charactersThatAreNotAllowedDoNotLeave);
    CPPUNIT_TEST(whatMayHaveBeenDoneIsWorthAnotherTry);
    CPPUNIT_TEST(onlyWhoUsedTheHeaderIsChallenged);
    CPPUNIT_TEST(aTokenInTwoPlacesIsRefused);
    CPPUNIT_TEST(theSchemesCaseDoesNotMatter);
    CPPUNIT_TEST(theExampleHashOfOpenIdConnect);
    CPPUNIT_TEST_SUITE_END();

public:
    void aDoubledParameterIsRefused() {
        const auto form = readForm(formRequest("grant_type=a&grant_type=a"));
        CPPUNIT_ASSERT(!form);
        CPPUNIT_ASSERT(form.error().code == OAuthCode::invalidRequest);
        CPPUNIT_ASSERT(readForm(formRequest("resource=a:1&resource=b:2")));
    }

    void onlyOurFaultsAreErrorsInTheLog() {
        for (const auto code : {OAuthCode::invalidClient, OAuthCode::invalidGrant,
                                OAuthCode::invalidRequest, OAuthCode::slowDown}) {
            CPPUNIT_ASSERT(levelOf(OAuthError::of(code, "x")) == Level::info);
        }
        CPPUNIT_ASSERT(levelOf(OAuthError::from(Error::unavailable("x"))) == Level::error);
        CPPUNIT_ASSERT(levelOf(OAuthError::from(Error::internal("x"))) == Level::error);
    }

    void anotherContentTypeIsRefused() {
        CPPUNIT_ASSERT(!readForm(formRequest("a=b", "application/json")));
        CPPUNIT_ASSERT(!readForm(formRequest("a=b", "")));
        CPPUNIT_ASSERT(!readForm(formRequest("a=b", "application/x-www-form-urlencodedx")));
    }

    void aCharsetBehindTheContentTypeIsFine() {
        const auto form =
            readForm(formRequest("a=b", "Application/X-WWW-Form-Urlencoded ; charset=UTF-8"));
        CPPUNIT_ASSERT(form);
        CPPUNIT_ASSERT_EQUAL(std::string_view("b"), form->text("a"));
    }

    void statusesAreThoseOfTheRfc() {
        CPPUNIT_ASSERT_EQUAL(400,
                             errorAnswer(OAuthError::of(OAuthCode::invalidGrant, "x"), {}).status);
        CPPUNIT_ASSERT_EQUAL(401,
                             errorAnswer(OAuthError::of(OAuthCode::invalidClient, "x"), {}).status);
        const auto away = errorAnswer(OAuthError::from(Error::unavailable("the storage")), {});
        CPPUNIT_ASSERT_EQUAL(503, away.status);
        CPPUNIT_ASSERT(!headerOf(away, "Retry-After").empty());
        CPPUNIT_ASSERT(away.body.find("storage") == std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::string("no-store"), headerOf(away, "Cache-Control"));
    }

    void anErrorOfAPluginHasItsStatusAndHeaders() {
        const auto pending = OAuthError::of(OAuthCode::authorizationPending, "x");
        CPPUNIT_ASSERT_EQUAL(400, errorAnswer(pending, {}).status);
        CPPUNIT_ASSERT_EQUAL(
            std::string(R"({"error":"authorization_pending","error_description":"x"})"),
            errorAnswer(pending, {}).body);
        CPPUNIT_ASSERT_EQUAL(400, errorAnswer(OAuthError::of(OAuthCode::slowDown, "x"), {}).status);
        auto nonce = OAuthError::of("use_dpop_nonce", "x");
        nonce.status = 401;
        nonce.headers = {{"DPoP-Nonce", "n1"}};
        CPPUNIT_ASSERT_EQUAL(401, errorAnswer(nonce, {}).status);
        CPPUNIT_ASSERT_EQUAL(std::string("n1"), headerOf(errorAnswer(nonce, {}), "DPoP-Nonce"));
        nonce.status = 200;
        CPPUNIT_ASSERT_EQUAL(400, errorAnswer(nonce, {}).status);
    }

    void aRateLimitAnswers429() {
        const auto answer = errorAnswer(OAuthError::tooMany("x", seconds{7}), {});
        CPPUNIT_ASSERT_EQUAL(429, answer.status);
        CPPUNIT_ASSERT_EQUAL(std::string("7"), headerOf(answer, "Retry-After"));
    }

    void charactersThatAreNotAllowedDoNotLeave() {
        for (const char* code : {"", "a\"b", "a\\b", "a\nb", "\xc3\xa4"}) {
            const auto answer = errorAnswer(OAuthError::of(code, "x"), {});
            CPPUNIT_ASSERT_EQUAL(500, answer.status);
            CPPUNIT_ASSERT(answer.body.find(R"("error":"server_error")") != std::string::npos);
        }
        const Issuer issuer = testkit::FakeContext().issuer;
        const auto challenge = headerOf(
            bearerErrorAnswer(OAuthError::of("odd", "a\"\r\nb"), issuer), "WWW-Authenticate");
        CPPUNIT_ASSERT(challenge.find(R"(error="odd", error_description="a???b")") !=
                       std::string::npos);
    }

    void whatMayHaveBeenDoneIsWorthAnotherTry() {
        const auto answer = errorAnswer(OAuthError::from(Error::unknown("no answer")), {});
        CPPUNIT_ASSERT_EQUAL(503, answer.status);
        CPPUNIT_ASSERT_EQUAL(std::string("1"), headerOf(answer, "Retry-After"));
    }

    void onlyWhoUsedTheHeaderIsChallenged() {
        HttpRequest withHeader;
        withHeader.headers = {{"authorization", "Basic eDp5"}};
        const auto error = OAuthError::of(OAuthCode::invalidClient, "x");
        CPPUNIT_ASSERT(!headerOf(errorAnswer(error, withHeader), "WWW-Authenticate").empty());
        CPPUNIT_ASSERT(headerOf(errorAnswer(error, {}), "WWW-Authenticate").empty());
    }

    void aTokenInTwoPlacesIsRefused() {
        auto request = formRequest("access_token=abc");
        CPPUNIT_ASSERT_EQUAL(std::string("abc"), *bearerToken(request));
        request.headers.push_back({"authorization", "Bearer abc"});
        CPPUNIT_ASSERT(!bearerToken(request));
    }

    void theSchemesCaseDoesNotMatter() {
        HttpRequest request;
        request.headers = {{"authorization", "bEARER abc.def"}};
        CPPUNIT_ASSERT_EQUAL(std::string("abc.def"), *bearerToken(request));
        request.headers = {{"authorization", "Bearer   abc.def"}};
        CPPUNIT_ASSERT_EQUAL(std::string("abc.def"), *bearerToken(request));
        request.headers = {{"authorization", "Bearer  "}};
        CPPUNIT_ASSERT(bearerToken(request).error().code == OAuthCode::invalidToken);
        request.headers = {{"authorization", "Bearer a b"}};
        CPPUNIT_ASSERT(!bearerToken(request));
        request.headers.clear();
        CPPUNIT_ASSERT(bearerToken(request).error().code == OAuthCode::invalidToken);
    }

    void theExampleHashOfOpenIdConnect() {
        // OpenID Connect Core appendix A.3
        CPPUNIT_ASSERT_EQUAL(std::string("77QmUPtjPfzWtF2AnpK9RQ"),
                             idTokenHash("RS256", "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(AnswerTest);

}  // namespace gatehouse
