// SPDX-License-Identifier: Apache-2.0
#include "authorization/RequestSources.h"

#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include "RequestFakes.h"
#include "SourceFakes.h"
#include "authorization/AuthorizationRequestReader.h"
#include "authorization/ResponseModes.h"
#include "authorization/ResponseTypes.h"
#include "authorization/RuleChain.h"
#include "client/ClientDirectory.h"
#include "client/ClientRules.h"
#include "login/AskedSteps.h"
#include "text/FormText.h"
#include "token/ClaimsPolicy.h"
#include "token/ResourcePolicy.h"
#include "token/TokenBindings.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class RequestSourcesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RequestSourcesTest);
    CPPUNIT_TEST(aSourceIsAskedWhenOneOfItsParametersIsThere);
    CPPUNIT_TEST(whatItReadStandsForTheRequest);
    CPPUNIT_TEST(aSourceSeesWhoAsksWithWhat);
    CPPUNIT_TEST(nobodyNamesTwoSources);
    CPPUNIT_TEST(anotherClientsRequestIsOurFault);
    CPPUNIT_TEST(whatIsThrownIsOurFaultAndNamed);
    CPPUNIT_TEST(whatNoQueryCanHaveIsOurFault);
    CPPUNIT_TEST(aStrangerIsAskedAboutNothing);
    CPPUNIT_TEST(aDoubledParameterIsRefusedFirst);
    CPPUNIT_TEST(aRefusalGoesWhereItIsSafe);
    CPPUNIT_TEST(anEmptyClientIdIsOneThatIsLeftOut);
    CPPUNIT_TEST(whoNamesNoRedirectUriIsSentToTheOnlyOne);
    CPPUNIT_TEST(whatNoSourceReadsIsRefusedBesideOneThatIsRead);
    CPPUNIT_TEST(whatTheServerReadsItselfIsItsOwn);
    CPPUNIT_TEST(whoMustUseASourceIsRefusedWithoutIt);
    CPPUNIT_TEST(whatIsGoodOnceIsCalledByItsSource);
    CPPUNIT_TEST_SUITE_END();

    testkit::FakeHost host_;
    testkit::FakeContext fakeContext_{7};
    Context context_ = fakeContext_;
    HintJose jose_;
    ClientRules clientRules_;
    ClientDirectory directory_{
        host_, clientRules_, [] { return true; },
        [](IssuerId) { return std::make_shared<const std::vector<Client>>(clients()); }};
    const ClaimsPolicy claims_;
    FakeSource object_{{"request"}};
    FakeSource shelf_{{"request_uri", "ticket"}};
    const RequestSources sources_{host_, {{"object", &object_}, {"shelf", &shelf_}}};
    const RuleChain rules_{host_, {}};
    const ResponseModes modes_{host_, {}};
    const ResponseTypes types_{host_, {}, true};
    const TokenBindings bindings_{{}};
    const ResourcePolicy resources_{host_, {}, "", true};
    const AskedSteps askedSteps_{{}, {}, {}};
    HttpRequest http_;
    AuthorizationRequestReader reader_{{directory_, jose_, claims_, sources_, rules_, modes_,
                                        types_, bindings_, resources_, askedSteps_}};

    Result<FoundRequest, Refusal> read(const std::string& query) {
        return reader_.find(context_, http_, *parseForm(query));
    }
    Refusal refusal(const std::string& query = "client_id=site&request=x") {
        auto read = this->read(query);
        CPPUNIT_ASSERT(!read);
        return read.error();
    }
    Refusal refusalOf(const std::function<Read(const RequestInHand&)>& answer) {
        object_.answer = answer;
        return refusal();
    }

public:
    void aSourceIsAskedWhenOneOfItsParametersIsThere() {
        CPPUNIT_ASSERT(
            !sources_.areAskedAbout(*parseForm("client_id=site&request=&scope=request")));
        CPPUNIT_ASSERT(sources_.areAskedAbout(*parseForm("ticket=1")));
        CPPUNIT_ASSERT(sources_.have("request_uri") && !sources_.have("scope"));
        CPPUNIT_ASSERT(read("client_id=site&ticket=1"));
        CPPUNIT_ASSERT_EQUAL(1, shelf_.asked);
        CPPUNIT_ASSERT_EQUAL(0, object_.asked);
    }

    void whatItReadStandsForTheRequest() {
        const auto form = read("client_id=site&scope=email&nonce=n&request=x");
        CPPUNIT_ASSERT_EQUAL(std::string("client_id=site&scope=openid&state=kept"),
                             writeForm(form->form.fields()));
    }

    void aSourceSeesWhoAsksWithWhat() {
        http_.headers = {{"x-from", "here"}};
        object_.answer = [](const RequestInHand& request) -> Read {
            return RequestRead{
                Form({{"client_id", request.client().id},
                      {"state", std::string(request.header("x-from"))},
                      {"nonce", std::to_string(request.context().issuer.id)},
                      {"scope", std::string(request.parameters().text("request"))}})};
        };
        CPPUNIT_ASSERT_EQUAL(std::string("client_id=site&state=here&nonce=7&scope=x"),
                             writeForm(read("client_id=site&request=x")->form.fields()));
    }

    /// RFC 9101 section 5.
    void nobodyNamesTwoSources() {
        const auto both = refusal("client_id=site&request=x&request_uri=y");
        CPPUNIT_ASSERT_EQUAL(std::string(OAuthCode::invalidRequest), both.error.code);
        CPPUNIT_ASSERT(read("client_id=site&ticket=x&request_uri=y"));
        CPPUNIT_ASSERT_EQUAL(0, object_.asked);
    }

    void anotherClientsRequestIsOurFault() {
        const auto error = refusalOf([](const RequestInHand&) {
                               return RequestRead{Form({{"client_id", "app"}})};
                           }).error;
        CPPUNIT_ASSERT_EQUAL(std::string(OAuthCode::serverError), error.code);
        CPPUNIT_ASSERT(error.detail.find("request_source.object") != std::string::npos);
    }

    void whatIsThrownIsOurFaultAndNamed() {
        const auto error =
            refusalOf([](const RequestInHand&) -> Read { throw std::runtime_error("lost"); }).error;
        CPPUNIT_ASSERT_EQUAL(std::string(OAuthCode::serverError), error.code);
        CPPUNIT_ASSERT(error.detail.find("request_source.object") != std::string::npos);
    }

    void whatNoQueryCanHaveIsOurFault() {
        for (const auto& text : {std::string("\0", 1), std::string("\xFF")}) {
            const auto error = refusalOf([&](const RequestInHand&) {
                                   return RequestRead{Form({{"state", text}})};
                               }).error;
            CPPUNIT_ASSERT_EQUAL(std::string(OAuthCode::serverError), error.code);
        }
    }

    void aStrangerIsAskedAboutNothing() {
        for (const auto* query : {"request=x", "client_id=nobody&request=x",
                                  "client_id=site&client_id=site&request=x"}) {
            const auto refused = refusal(query);
            CPPUNIT_ASSERT_MESSAGE(query, !refused.replyTo && refused.client == nullptr);
        }
        CPPUNIT_ASSERT_EQUAL(0, object_.asked);
    }

    void aDoubledParameterIsRefusedFirst() {
        const auto refused = refusal("client_id=site&request=x&request=y");
        CPPUNIT_ASSERT_EQUAL(std::string(OAuthCode::invalidRequest), refused.error.code);
        CPPUNIT_ASSERT_EQUAL(0, object_.asked);
    }

    void aRefusalGoesWhereItIsSafe() {
        object_.answer = [](const RequestInHand&) -> Read {
            return OAuthError::of("invalid_request_object", "Not signed");
        };
        const std::string uri = "&redirect_uri=https%3A%2F%2Fsite.example%2Fcb";
        const auto told =
            refusal("client_id=site&request=x&state=st&response_mode=form_post" + uri);
        CPPUNIT_ASSERT_EQUAL(std::string("invalid_request_object"), told.error.code);
        CPPUNIT_ASSERT_EQUAL(std::string("https://site.example/cb"), told.replyTo->redirectUri);
        CPPUNIT_ASSERT_EQUAL(std::string("st"), told.replyTo->state);
        CPPUNIT_ASSERT_EQUAL(std::string(ResponseMode::formPost), told.replyTo->mode);
        for (const auto* query :
             {"client_id=app&request=x", "client_id=site&request=x&scope=openid",
              "client_id=site&request=x&redirect_uri=https%3A%2F%2Fevil.example"}) {
            const auto page = refusal(query);
            CPPUNIT_ASSERT_MESSAGE(query, !page.replyTo);
            CPPUNIT_ASSERT_EQUAL(std::string("invalid_request_object"), page.error.code);
        }
    }

    /// RFC 6749 section 3.1: as if it were omitted.
    void anEmptyClientIdIsOneThatIsLeftOut() {
        object_.answer = [](const RequestInHand&) -> Read {
            return RequestRead{Form({{"client_id", ""}, {"scope", "openid"}})};
        };
        const auto form = read("client_id=site&request=x");
        CPPUNIT_ASSERT_MESSAGE(form ? "" : form.error().error.detail, bool(form));
    }

    void whoNamesNoRedirectUriIsSentToTheOnlyOne() {
        object_.answer = [](const RequestInHand&) -> Read {
            return OAuthError::of("invalid_request_object", "Not signed");
        };
        CPPUNIT_ASSERT(refusal("client_id=site&request=x").replyTo);
        CPPUNIT_ASSERT(!refusal("client_id=site&request=x&scope=openid").replyTo);
    }

    /// RFC 9101 section 5; OpenID Connect Core section 6: never silently ignored.
    void whatNoSourceReadsIsRefusedBesideOneThatIsRead() {
        const RequestSources shelfAlone{host_, {{"shelf", &shelf_}}};
        AuthorizationRequestReader reader{{directory_, jose_, claims_, shelfAlone, rules_, modes_,
                                           types_, bindings_, resources_, askedSteps_}};
        const auto form =
            reader.find(context_, http_, *parseForm("client_id=site&request_uri=y&request=x"));
        CPPUNIT_ASSERT(!form);
        CPPUNIT_ASSERT_EQUAL(0, shelf_.asked);
    }

    void whatIsGoodOnceIsCalledByItsSource() {
        CPPUNIT_ASSERT(read("client_id=site&request=x")->once.name.empty());
        const auto until = host_.fakeClock.now() + seconds{60};
        shelf_.answer = object_.answer = [&](const RequestInHand&) -> Read {
            return RequestRead{*parseForm("scope=openid"), "1", until};
        };
        const auto object = read("client_id=site&request=x");
        CPPUNIT_ASSERT(object->once.until == until);
        CPPUNIT_ASSERT_EQUAL(object->once.name, read("client_id=site&request=y")->once.name);
        CPPUNIT_ASSERT(object->once.name != read("client_id=site&ticket=x")->once.name);
    }

    void whatTheServerReadsItselfIsItsOwn() {
        for (const auto* own : {"client_id", "redirect_uri", "state", "scope", "code_challenge",
                                "prompt", "nonce", "response_mode", "claims", "registration"}) {
            CPPUNIT_ASSERT_MESSAGE(own, RequestSources::isOwn(own));
        }
        for (const auto* free : {"request", "request_uri", "ticket"}) {
            CPPUNIT_ASSERT_MESSAGE(free, !RequestSources::isOwn(free));
        }
    }

    void whoMustUseASourceIsRefusedWithoutIt() {
        CPPUNIT_ASSERT(!sources_.areRequired());
        Demanding demanding;
        const RequestSources sources(host_, {{"object", &object_}, {"strict", &demanding}});
        CPPUNIT_ASSERT(sources.areRequired());
        Client client;
        CPPUNIT_ASSERT(!sources.objection(client, false));
        client.id = "site";
        CPPUNIT_ASSERT_EQUAL(std::string("A ticket!"),
                             sources.objection(client, false)->description);
        client.id = "app";
        const auto thrown = *sources.objection(client, false);
        CPPUNIT_ASSERT_EQUAL(std::string(OAuthCode::serverError), thrown.code);
        CPPUNIT_ASSERT(thrown.detail.find("request_source.strict") != std::string::npos);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RequestSourcesTest);

}  // namespace gatehouse
