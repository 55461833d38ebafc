// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include "FakeKinds.h"
#include "RequestFakes.h"
#include "authorization/AuthorizationRequestReader.h"
#include "authorization/RequestSources.h"
#include "authorization/ResponseModes.h"
#include "authorization/ResponseTypes.h"
#include "authorization/RuleChain.h"
#include "client/ClientDirectory.h"
#include "client/ClientRules.h"
#include "login/AskedSteps.h"
#include "token/ClaimsPolicy.h"
#include "token/ResourcePolicy.h"
#include "token/TokenBindings.h"

#include <cppunit/extensions/HelperMacros.h>

#include <map>
#include <utility>

namespace gatehouse {

/// Requests for more than a code.
class ResponseTypeRuleTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ResponseTypeRuleTest);
    CPPUNIT_TEST(otherResponseTypesAreForWhoIsRegisteredForThem);
    CPPUNIT_TEST(whatIsMoreThanACodeNeverComesInTheQuery);
    CPPUNIT_TEST(onlyCodesNeedPkce);
    CPPUNIT_TEST(aKindSaysWhatIsWrongWithARequest);
    CPPUNIT_TEST_SUITE_END();

    testkit::FakeHost host_;
    testkit::FakeContext fakeContext_;
    Context context_ = fakeContext_;
    HintJose jose_;
    ClientRules clientRules_;
    ClientDirectory directory_{
        host_, clientRules_, [] { return true; },
        [](IssuerId) { return std::make_shared<const std::vector<Client>>(clients()); }};
    const ClaimsPolicy claims_;
    const RequestSources sources_{host_, {}};
    const RuleChain rules_{host_, {}};
    const ResponseModes modes_{host_, {}};
    HttpRequest http_;
    FakeKind idToken_{"id_token", true, true};
    FakeKind token_{"token", false, false};
    const ResponseTypes legacy_{host_, {{"id_token", &idToken_}, {"token", &token_}}, true};
    const TokenBindings bindings_{{}};
    const ResourcePolicy resources_{host_, {}, "", true};
    const AskedSteps askedSteps_{{}, {}, {}};
    AuthorizationRequestReader hybrid_{{directory_, jose_, claims_, sources_, rules_, modes_,
                                        legacy_, bindings_, resources_, askedSteps_}};

    using Fields = std::vector<Form::Field>;

    static Form form(const Fields& changes) {
        std::map<std::string, std::string> sent{
            {"client_id", "site"},
            {"redirect_uri", "https://site.example/cb"},
            {"response_type", "code"},
            {"scope", "openid"},
            {"state", "st"},
            {"code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"},
            {"code_challenge_method", "S256"}};
        for (const auto& [name, value] : changes) {
            sent[name] = value;
        }
        return Form(Fields(sent.begin(), sent.end()));
    }

public:
    void otherResponseTypesAreForWhoIsRegisteredForThem() {
        const auto codeOf = [this](const char* client, const char* type) {
            const auto request = hybrid_.read(
                context_, http_,
                form({{"client_id", client}, {"response_type", type}, {"nonce", "n"}}), {});
            return request ? std::string() : request.error().error.code;
        };
        CPPUNIT_ASSERT_EQUAL(std::string(), codeOf("hybrid", "code id_token"));
        CPPUNIT_ASSERT_EQUAL(std::string(), codeOf("hybrid", "id_token code"));
        CPPUNIT_ASSERT_EQUAL(std::string(), codeOf("hybrid", "id_token token"));
        CPPUNIT_ASSERT_EQUAL(std::string(OAuthCode::unauthorizedClient), codeOf("hybrid", "code"));
        CPPUNIT_ASSERT_EQUAL(std::string(OAuthCode::unauthorizedClient),
                             codeOf("hybrid", "code token"));
        CPPUNIT_ASSERT_EQUAL(std::string(OAuthCode::unauthorizedClient),
                             codeOf("site", "code id_token"));
        CPPUNIT_ASSERT_EQUAL(std::string(), codeOf("site", "code"));
        CPPUNIT_ASSERT_EQUAL(std::string(OAuthCode::unsupportedResponseType),
                             codeOf("hybrid", "token"));
        fakeContext_.issuer.grants = {"authorization_code"};
        CPPUNIT_ASSERT_EQUAL(std::string(OAuthCode::unsupportedResponseType),
                             codeOf("hybrid", "code id_token"));
    }

    void whatIsMoreThanACodeNeverComesInTheQuery() {
        const auto refused = [this](const Fields& changes) {
            Fields all{{"client_id", "hybrid"},
                       {"response_type", "code id_token"},
                       {"nonce", "n"},
                       {"response_mode", "query"}};
            all.insert(all.end(), changes.begin(), changes.end());
            const auto request = hybrid_.read(context_, http_, form(all), {});
            CPPUNIT_ASSERT(!request);
            return request.error();
        };
        CPPUNIT_ASSERT(refused({}).error.code == OAuthCode::invalidRequest);
        CPPUNIT_ASSERT(refused({}).replyTo->mode == ResponseMode::fragment);
        const auto inItsMode = refused({{"response_mode", "form_post"}, {"prompt", "pigeon"}});
        CPPUNIT_ASSERT(inItsMode.replyTo->mode == ResponseMode::formPost);
        CPPUNIT_ASSERT(refused({{"response_type", "code token"}}).replyTo->mode ==
                       ResponseMode::fragment);
        CPPUNIT_ASSERT_MESSAGE("nobody knows it",
                               refused({{"response_type", "pigeon"}}).replyTo->mode ==
                                   ResponseMode::query);
    }

    void onlyCodesNeedPkce() {
        const auto ask = [this](const char* type) {
            return bool(hybrid_.read(context_, http_,
                                     form({{"client_id", "hybrid"},
                                           {"response_type", type},
                                           {"nonce", "n"},
                                           {"code_challenge", ""},
                                           {"code_challenge_method", ""}}),
                                     {}));
        };
        CPPUNIT_ASSERT(ask("id_token token"));
        CPPUNIT_ASSERT(!ask("code id_token"));
    }

    void aKindSaysWhatIsWrongWithARequest() {
        for (const auto& [nonce, code] :
             {std::pair{"", OAuthCode::invalidRequest}, {"throw", OAuthCode::serverError}}) {
            const auto request = hybrid_.read(context_, http_,
                                              form({{"client_id", "hybrid"},
                                                    {"response_type", "code id_token"},
                                                    {"nonce", nonce}}),
                                              {});
            CPPUNIT_ASSERT(!request);
            CPPUNIT_ASSERT_EQUAL(std::string(code), request.error().error.code);
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ResponseTypeRuleTest);

}  // namespace gatehouse
