// SPDX-License-Identifier: Apache-2.0
#include "ProviderMetadata.h"
#include "TokenAnswer.h"
#include "UpstreamPerson.h"
#include "json/Json.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

namespace {

constexpr const char* json = "application/json; charset=utf-8";
constexpr const char* form = "application/x-www-form-urlencoded";

Result<TokenAnswer> read(const char* type, const char* body, int status = 200) {
    return readTokenAnswer({status, {{"content-type", type}}, body});
}

}  // namespace

class AnswersTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AnswersTest);
    CPPUNIT_TEST(tokensComeAsJsonOrAsAForm);
    CPPUNIT_TEST(whatIsNoBearerTokenIsNone);
    CPPUNIT_TEST(aDocumentIsItsIssuersAndLeadsToHttps);
    CPPUNIT_TEST(itLiesBelowTheIssuer);
    CPPUNIT_TEST(peopleAreToldByWhatTheProviderCallsThings);
    CPPUNIT_TEST(whatIsNotFitToBeShownIsLeftOut);
    CPPUNIT_TEST(theFirstVerifiedAddressCounts);
    CPPUNIT_TEST(whatIsRequiredMustBeSaid);
    CPPUNIT_TEST_SUITE_END();

public:
    void tokensComeAsJsonOrAsAForm() {
        const auto one = read(json, R"({"access_token":"a","token_type":"Bearer","id_token":"i"})");
        CPPUNIT_ASSERT(one);
        CPPUNIT_ASSERT_EQUAL(std::string("a"), std::string(one->accessToken.view()));
        CPPUNIT_ASSERT_EQUAL(std::string("i"), one->idToken);
        const auto other = read(form, "access_token=b&scope=&token_type=bearer");
        CPPUNIT_ASSERT(other);
        CPPUNIT_ASSERT_EQUAL(std::string("b"), std::string(other->accessToken.view()));
    }

    void whatIsNoBearerTokenIsNone() {
        CPPUNIT_ASSERT(!read(json, R"({"access_token":"a","token_type":"DPoP"})"));
        CPPUNIT_ASSERT(!read(json, R"({"access_token":"a"})"));
        CPPUNIT_ASSERT(!read(json, R"({"access_token":"a\r\nb: c","token_type":"bearer"})"));
        CPPUNIT_ASSERT(!read(json, R"({"access_token":"","token_type":"bearer"})"));
        CPPUNIT_ASSERT(!read(json, R"({"access_token":["a"],"token_type":"bearer"})"));
        CPPUNIT_ASSERT(!read(json, R"({"error":"bad","access_token":"a","token_type":"bearer"})"));
        CPPUNIT_ASSERT(!read(json, R"({"access_token":"a","token_type":"bearer"})", 400));
        CPPUNIT_ASSERT(!read(form, "access_token=a&access_token=b&token_type=bearer"));
        CPPUNIT_ASSERT(!read("text/html", R"({"access_token":"a","token_type":"bearer"})"));
        CPPUNIT_ASSERT(!read(json, "[]"));
        CPPUNIT_ASSERT(!read(json, ""));
    }

    static std::string document(const ValueMap& changes) {
        ValueMap members{{"issuer", "https://op.example"},
                         {"authorization_endpoint", "https://op.example/authorize"},
                         {"token_endpoint", "https://op.example/token"},
                         {"jwks_uri", "https://keys.example/keys"}};
        for (const auto& [name, value] : changes) {
            members.set(name, value);
        }
        return toJson(members);
    }
    static bool isGood(const ValueMap& changes) {
        return bool(readProviderMetadata(document(changes), "https://op.example"));
    }

    void aDocumentIsItsIssuersAndLeadsToHttps() {
        CPPUNIT_ASSERT(isGood({}));
        CPPUNIT_ASSERT(!isGood({{"issuer", "https://op.example/"}}));
        for (const char* name :
             {"authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint"}) {
            CPPUNIT_ASSERT(!isGood({{name, "http://op.example/x"}}));
            CPPUNIT_ASSERT(!isGood({{name, "javascript:alert(1)"}}));
        }
        CPPUNIT_ASSERT(!isGood({{"token_endpoint", ""}}));
        CPPUNIT_ASSERT(!isGood({{"token_endpoint", 1}}));
        const auto read = readProviderMetadata(
            document({{"authorization_response_iss_parameter_supported", true}}),
            "https://op.example");
        CPPUNIT_ASSERT(read && read->sendsIssuer && read->endSessionEndpoint.empty());
        for (const auto& [given, kept] :
             {std::pair("https://op.example/end", "https://op.example/end"),
              std::pair("http://op.example/end", ""), std::pair("javascript:alert(1)", "")}) {
            const auto ends = readProviderMetadata(document({{"end_session_endpoint", given}}),
                                                   "https://op.example");
            CPPUNIT_ASSERT(bool(ends));
            CPPUNIT_ASSERT_EQUAL(std::string(kept), ends->endSessionEndpoint);
        }
        CPPUNIT_ASSERT(!readProviderMetadata("[]", "https://op.example"));
    }

    void itLiesBelowTheIssuer() {
        CPPUNIT_ASSERT_EQUAL(std::string("https://a.example/t/.well-known/openid-configuration"),
                             metadataAddress("https://a.example/t"));
        CPPUNIT_ASSERT_EQUAL(std::string("https://a.example/.well-known/openid-configuration"),
                             metadataAddress("https://a.example/"));
    }

    void peopleAreToldByWhatTheProviderCallsThings() {
        UpstreamSettings settings;
        settings.claims = {{"sub", "id"}, {"preferred_username", "login"}};
        const auto person = UpstreamPerson::in({{"id", 42}, {"login", "octo"}}, settings);
        CPPUNIT_ASSERT(person);
        CPPUNIT_ASSERT_EQUAL(std::string("42"), person->sub);
        CPPUNIT_ASSERT_EQUAL(std::string("octo"), person->login);
        CPPUNIT_ASSERT(!UpstreamPerson::in({{"sub", "s"}}, settings));
        CPPUNIT_ASSERT(!UpstreamPerson::in({{"id", true}}, settings));
        CPPUNIT_ASSERT(!UpstreamPerson::in({{"id", std::string(256, 'x')}}, settings));
    }

    void whatIsNotFitToBeShownIsLeftOut() {
        const auto person = UpstreamPerson::in({{"sub", "s"},
                                                {"name", "a\xE2\x80\xAE"},
                                                {"preferred_username", std::string(200, 'x')},
                                                {"email", "a@b@c"},
                                                {"email_verified", true}},
                                               {});
        CPPUNIT_ASSERT(person);
        CPPUNIT_ASSERT(person->name.empty() && person->login.empty() && person->email.empty());
        CPPUNIT_ASSERT(!person->isEmailVerified);
        const auto text =
            UpstreamPerson::in({{"sub", "s"}, {"email", "a@b"}, {"email_verified", "true"}}, {});
        CPPUNIT_ASSERT_MESSAGE("a text is no yes", text && !text->isEmailVerified);
    }

    void theFirstVerifiedAddressCounts() {
        const auto list = [](bool isPrimary, bool isVerified) {
            return Value(ValueList{
                ValueMap{{"email", "o@b"}, {"primary", false}, {"verified", true}},
                ValueMap{{"email", "a@b"}, {"primary", isPrimary}, {"verified", isVerified}}});
        };
        CPPUNIT_ASSERT_EQUAL(std::string("a@b"), primaryEmail(list(true, true)));
        CPPUNIT_ASSERT_EQUAL(std::string(), primaryEmail(list(true, false)));
        CPPUNIT_ASSERT_EQUAL(std::string(), primaryEmail(list(false, true)));
        CPPUNIT_ASSERT_EQUAL(std::string(), primaryEmail(Value("a@b")));
        CPPUNIT_ASSERT_EQUAL(std::string(), primaryEmail(Value(ValueList{1, Value()})));
    }

    void whatIsRequiredMustBeSaid() {
        const ValueMap wanted{{"hd", ValueList{"a", "b"}}, {"tid", "t"}};
        CPPUNIT_ASSERT(saysAll({{"hd", "b"}, {"tid", ValueList{"s", "t"}}}, wanted));
        CPPUNIT_ASSERT(!saysAll({{"hd", "c"}, {"tid", "t"}}, wanted));
        CPPUNIT_ASSERT(!saysAll({{"hd", "a"}}, wanted));
        CPPUNIT_ASSERT(!saysAll({{"hd", true}, {"tid", "t"}}, wanted));
        CPPUNIT_ASSERT(saysAll({}, {}));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(AnswersTest);

}  // namespace gatehouse
