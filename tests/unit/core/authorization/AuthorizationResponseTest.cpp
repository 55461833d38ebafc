// SPDX-License-Identifier: Apache-2.0
#include "authorization/AuthorizationResponse.h"

#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include "authorization/ResponseModes.h"
#include "text/FormText.h"

#include <cppunit/extensions/HelperMacros.h>

#include <functional>
#include <stdexcept>

namespace gatehouse {

namespace {

class FakeMode final : public ResponseMode {
public:
    std::string_view mode() const noexcept override { return "own"; }
    Result<AnswerOnItsWay> write(const AnswerInHand& answer) const override { return way(answer); }

    std::function<Result<AnswerOnItsWay>(const AnswerInHand&)> way;
};

}  // namespace

class AuthorizationResponseTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AuthorizationResponseTest);
    CPPUNIT_TEST(aCodeGoesBackWithIssuerAndState);
    CPPUNIT_TEST(withoutStateNoneGoesBack);
    CPPUNIT_TEST(theRegisteredQueryIsKept);
    CPPUNIT_TEST(theStateIsEchoedExactly);
    CPPUNIT_TEST(anErrorHasOnlyTheCharactersItMay);
    CPPUNIT_TEST(formPostPutsNothingIntoTheAddress);
    CPPUNIT_TEST(whoSentAFormGoesOnFromAPage);
    CPPUNIT_TEST(aModeOfAPluginWritesBothKindsOfAnswers);
    CPPUNIT_TEST(noModeLeadsElsewhere);
    CPPUNIT_TEST(whatAModeThrowsIsAPage);
    CPPUNIT_TEST_SUITE_END();

    testkit::FakeContext fakeContext_;
    Context context_ = fakeContext_;
    HttpRequest http_;
    testkit::FakeHost host_;
    FakeMode mode_;
    ResponseModes modes_{host_, {{"own", &mode_}}};
    Client client_;
    ReplyTo replyTo_{"https://site.example/cb", "st"};

    AuthorizationResponse response() { return {context_, http_, replyTo_, client_, "en", modes_}; }
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
            response().success({{"code", "abc"}}).location);
    }

    void withoutStateNoneGoesBack() {
        replyTo_.state.clear();
        CPPUNIT_ASSERT_EQUAL(std::size_t{0},
                             queryOf(response().success({{"code", "abc"}})).count("state"));
    }

    void theRegisteredQueryIsKept() {
        replyTo_.redirectUri = "https://site.example/cb?kept=1&x=a%20b";
        const auto location = response().success({{"code", "abc"}}).location;
        CPPUNIT_ASSERT_EQUAL(std::size_t{0},
                             location.find("https://site.example/cb?kept=1&x=a%20b&code=abc&"));
    }

    void theStateIsEchoedExactly() {
        replyTo_.state = "a b+c%20&=?#/\\\"'<script>\xc3\xbc\xf0\x9f\x98\x80\r\nX: y";
        const auto answer = response().success({{"code", "abc"}});
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
             {response().success({{"code", "abc"}}),
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
        CPPUNIT_ASSERT_EQUAL(std::string("abc"),
                             fieldOf(response().success({{"code", "abc"}}), "code"));
    }

    void whoSentAFormGoesOnFromAPage() {
        CPPUNIT_ASSERT(response().success({{"code", "abc"}}).page.name.empty());
        http_.method = "POST";
        for (const auto& answer :
             {response().success({{"code", "abc"}}),
              response().error(OAuthError::of(OAuthCode::accessDenied, "No"))}) {
            CPPUNIT_ASSERT_EQUAL(std::string("go_on"), answer.page.name);
            CPPUNIT_ASSERT_EQUAL(answer.location, std::string(answer.page.values.text("location")));
            CPPUNIT_ASSERT(answer.page.postsTo.empty());
        }
    }

    void aModeOfAPluginWritesBothKindsOfAnswers() {
        replyTo_.mode = "own";
        mode_.way = [](const AnswerInHand& answer) {
            return AnswerOnItsWay{
                std::string(answer.redirectUri()) + "#" + answer.parameters().front().first, {}};
        };
        CPPUNIT_ASSERT_EQUAL(std::string("https://site.example/cb#code"),
                             response().success({{"code", "abc"}}).location);
        const auto denied = OAuthError::of(OAuthCode::accessDenied, "No");
        CPPUNIT_ASSERT_EQUAL(std::string("https://site.example/cb#error"),
                             response().error(denied).location);
        mode_.way = [](const AnswerInHand&) {
            return AnswerOnItsWay{{}, {{"response", "sealed"}}};
        };
        CPPUNIT_ASSERT_EQUAL(std::string("sealed"),
                             fieldOf(response().success({{"code", "abc"}}), "response"));
    }

    void noModeLeadsElsewhere() {
        replyTo_.mode = "own";
        for (const std::string location :
             {"https://evil.example/?code=abc", "https://site.example/cb", "https://site.example/",
              "https://site.example/cbevil?code=abc", "https://site.example/cb?a b",
              "https://site.example/cb?a\r\nX: y"}) {
            mode_.way = [&](const AnswerInHand&) { return AnswerOnItsWay{location, {}}; };
            const auto answer = response().success({{"code", "abc"}});
            CPPUNIT_ASSERT_MESSAGE(location, answer.location.empty());
            CPPUNIT_ASSERT_EQUAL(500, answer.status);
        }
    }

    void whatAModeThrowsIsAPage() {
        replyTo_.mode = "own";
        mode_.way = [](const AnswerInHand&) -> Result<AnswerOnItsWay> {
            throw std::runtime_error("no ink");
        };
        const auto answer = response().success({{"code", "abc"}});
        CPPUNIT_ASSERT(answer.location.empty());
        CPPUNIT_ASSERT_EQUAL(500, answer.status);
        CPPUNIT_ASSERT(host_.fakeLog.says("response_mode.own: an exception left it: no ink"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(AuthorizationResponseTest);

}  // namespace gatehouse
