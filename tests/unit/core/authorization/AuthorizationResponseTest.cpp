// SPDX-License-Identifier: Apache-2.0
#include "authorization/AuthorizationResponse.h"

#include <gatehouse/testkit/FakeContext.h>

#include "text/FormText.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class AuthorizationResponseTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AuthorizationResponseTest);
    CPPUNIT_TEST(aCodeGoesBackWithIssuerAndState);
    CPPUNIT_TEST(withoutStateNoneGoesBack);
    CPPUNIT_TEST(theRegisteredQueryIsKept);
    CPPUNIT_TEST(theStateIsEchoedExactly);
    CPPUNIT_TEST(anErrorHasOnlyTheCharactersItMay);
    CPPUNIT_TEST(formPostPutsNothingIntoTheAddress);
    CPPUNIT_TEST(whoSentAFormGoesOnFromAPage);
    CPPUNIT_TEST_SUITE_END();

    testkit::FakeContext fakeContext_;
    Context context_ = fakeContext_;
    HttpRequest http_;
    Client client_;
    ReplyTo replyTo_{"https://site.example/cb", "st", ResponseMode::query};

    AuthorizationResponse response() { return {context_, http_, replyTo_, client_, "en"}; }
    static Form queryOf(const BrowserAnswer& answer) {
        return *parseForm(answer.location.substr(answer.location.find('?') + 1));
    }
    static std::string fieldOf(const BrowserAnswer& answer, const std::string& name) {
        for (const auto& field : *answer.page.values.find("fields")->list()) {
            if (field.map()->text("name") == name) {
                return std::string(field.map()->text("value"));
            }
        }
        return {};
    }

public:
    void aCodeGoesBackWithIssuerAndState() {
        CPPUNIT_ASSERT_EQUAL(
            std::string(
                "https://site.example/cb?code=abc&state=st&iss=https%3A%2F%2Fid.example.org"),
            response().success("abc").location);
    }

    void withoutStateNoneGoesBack() {
        replyTo_.state.clear();
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, queryOf(response().success("abc")).count("state"));
    }

    void theRegisteredQueryIsKept() {
        replyTo_.redirectUri = "https://site.example/cb?kept=1&x=a%20b";
        const auto location = response().success("abc").location;
        CPPUNIT_ASSERT_EQUAL(std::size_t{0},
                             location.find("https://site.example/cb?kept=1&x=a%20b&code=abc&"));
    }

    void theStateIsEchoedExactly() {
        replyTo_.state = "a b+c%20&=?#/\\\"'<script>\xc3\xbc\xf0\x9f\x98\x80\r\nX: y";
        const auto answer = response().success("abc");
        CPPUNIT_ASSERT_EQUAL(replyTo_.state, std::string(queryOf(answer).text("state")));
        CPPUNIT_ASSERT(answer.location.find_first_of("\r\n \"<>") == std::string::npos);
    }

    void anErrorHasOnlyTheCharactersItMay() {
        const auto error =
            OAuthError::of(OAuthCode::accessDenied, "a\"b\\c\nd\xc3\xbc", "for the log");
        const auto query = queryOf(response().error(error));
        CPPUNIT_ASSERT_EQUAL(std::string("access_denied"), std::string(query.text("error")));
        CPPUNIT_ASSERT_EQUAL(std::string("a?b?c?d??"),
                             std::string(query.text("error_description")));
        CPPUNIT_ASSERT_EQUAL(std::string("st"), std::string(query.text("state")));
        CPPUNIT_ASSERT_EQUAL(std::string("https://id.example.org"), std::string(query.text("iss")));
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, query.fields().size());
    }

    void formPostPutsNothingIntoTheAddress() {
        replyTo_.mode = ResponseMode::formPost;
        for (const auto& answer :
             {response().success("abc"),
              response().error(OAuthError::of(OAuthCode::accessDenied, "No"))}) {
            CPPUNIT_ASSERT(answer.location.empty());
            CPPUNIT_ASSERT_EQUAL(200, answer.status);
            CPPUNIT_ASSERT_EQUAL(std::string("form_post"), answer.page.name);
            CPPUNIT_ASSERT_EQUAL(std::string("https://site.example/cb"),
                                 std::string(answer.page.values.text("action")));
            CPPUNIT_ASSERT_EQUAL(std::string("https://site.example/cb"), answer.page.postsTo);
            CPPUNIT_ASSERT_EQUAL(std::string("st"), fieldOf(answer, "state"));
            CPPUNIT_ASSERT_EQUAL(std::string("https://id.example.org"), fieldOf(answer, "iss"));
        }
        CPPUNIT_ASSERT_EQUAL(std::string("abc"), fieldOf(response().success("abc"), "code"));
    }

    void whoSentAFormGoesOnFromAPage() {
        CPPUNIT_ASSERT(response().success("abc").page.name.empty());
        http_.method = "POST";
        for (const auto& answer :
             {response().success("abc"),
              response().error(OAuthError::of(OAuthCode::accessDenied, "No"))}) {
            CPPUNIT_ASSERT_EQUAL(std::string("go_on"), answer.page.name);
            CPPUNIT_ASSERT_EQUAL(answer.location, std::string(answer.page.values.text("location")));
            CPPUNIT_ASSERT(answer.page.postsTo.empty());
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(AuthorizationResponseTest);

}  // namespace gatehouse
