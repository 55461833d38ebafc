// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include "RequestFakes.h"
#include "SourceFakes.h"
#include "authorization/AuthorizationRequestReader.h"
#include "authorization/RequestSources.h"
#include "authorization/ResponseModes.h"
#include "authorization/ResponseTypes.h"
#include "authorization/RuleChain.h"
#include "authorization/SealedRequests.h"
#include "client/ClientDirectory.h"
#include "client/ClientRules.h"
#include "login/AskedSteps.h"
#include "token/ClaimsPolicy.h"
#include "token/ResourcePolicy.h"
#include "token/TokenBindings.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

/// Sources that keep what was checked before, beside others.
class KeptRequestsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(KeptRequestsTest);
    CPPUNIT_TEST(sourcesShareAParameterByHowItBegins);
    CPPUNIT_TEST(whatIsKeptIsOpenedAsItWasChecked);
    CPPUNIT_TEST(whatIsKeptIsFoundAgainByItsReference);
    CPPUNIT_TEST(whatWasGoodOnceBeforeItWasKeptHasThatName);
    CPPUNIT_TEST(whatWasNotSealedForTheClientIsOurFault);
    CPPUNIT_TEST(whoMustUseOneIsRefusedWithAnother);
    CPPUNIT_TEST(whoMustUseAKeeperDoesSoByPushing);
    CPPUNIT_TEST(onlyWhatIsPushedIsSeenAsThat);
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
    FakeSource shelf_{{"request_uri", "ticket"}};
    FakeKeeper keeper_;
    const RequestSources sources_{host_, {{"shelf", &shelf_}, {"keeper", &keeper_}}};
    const RuleChain rules_{host_, {}};
    const ResponseModes modes_{host_, {}};
    const ResponseTypes types_{host_, {}, true};
    const TokenBindings bindings_{{}};
    const ResourcePolicy resources_{host_, {}, "", true};
    const AskedSteps askedSteps_{{}, {}, {}};
    HttpRequest http_;
    AuthorizationRequestReader reader_{{directory_, jose_, claims_, sources_, rules_, modes_,
                                        types_, bindings_, resources_, askedSteps_}};

    static Client site() {
        Client client;
        client.id = "site";
        return client;
    }
    std::string sealed(const FoundRequest& request) {
        return SealedRequests(host_).seal(context_, site(), request);
    }
    Result<FoundRequest, Refusal> find(const std::string& query, bool isPushed = false) {
        return reader_.find(context_, http_, *parseForm(query), isPushed);
    }

public:
    void sourcesShareAParameterByHowItBegins() {
        keeper_.text = sealed({*parseForm("client_id=site&scope=openid")});
        CPPUNIT_ASSERT(find("client_id=site&request_uri=urn:k:1"));
        CPPUNIT_ASSERT_EQUAL(0, shelf_.asked);
        CPPUNIT_ASSERT(find("client_id=app&request_uri=urn:other:1"));
        CPPUNIT_ASSERT_EQUAL(1, shelf_.asked);
        CPPUNIT_ASSERT(sources_.have("request_uri"));
        const RequestSources keeperAlone(host_, {{"keeper", &keeper_}});
        CPPUNIT_ASSERT(!keeperAlone.have("request_uri"));
        CPPUNIT_ASSERT(!keeperAlone.areAskedAbout(*parseForm("request_uri=https://site.example")));
        CPPUNIT_ASSERT(keeperAlone.areAskedAbout(*parseForm("request_uri=urn:k:")));
    }

    void whatIsKeptIsOpenedAsItWasChecked() {
        keeper_.until = host_.fakeClock.now() + seconds{60};
        keeper_.text =
            sealed({*parseForm("client_id=site&scope=email"), ValueMap{{"rule", "noted"}}});
        const auto found = find("client_id=site&request_uri=urn:k:1&scope=openid&state=x");
        CPPUNIT_ASSERT_EQUAL(std::string("client_id=site&scope=email"),
                             writeForm(found->form.fields()));
        CPPUNIT_ASSERT((*found->notes == ValueMap{{"rule", "noted"}}));
        CPPUNIT_ASSERT(!found->once.name.empty() && found->once.until == keeper_.until);
        CPPUNIT_ASSERT_EQUAL(std::string("keeper"), found->kept.source);
        CPPUNIT_ASSERT_EQUAL(std::string("ref"), found->kept.reference);
    }

    void whatIsKeptIsFoundAgainByItsReference() {
        keeper_.text = sealed({*parseForm("client_id=site&scope=email")});
        const FoundRequest known{*parseForm("client_id=site"), {}, {"n"}, {"keeper", "ref"}};
        const auto found = reader_.find(context_, known);
        CPPUNIT_ASSERT_EQUAL(std::string("email"), std::string((*found)->form.text("scope")));
        CPPUNIT_ASSERT_EQUAL(std::string("n"), (*found)->once.name);
        CPPUNIT_ASSERT_EQUAL(std::string("ref"), (*found)->kept.reference);
        for (const auto& gone :
             {KeptRequest{"keeper", "x"}, KeptRequest{"shelf", "ref"}, KeptRequest{"no", "ref"}}) {
            CPPUNIT_ASSERT(!*reader_.find(context_, {known.form, {}, {}, gone}));
        }
        for (const auto* other : {"client_id=app", "client_id=nobody"}) {
            CPPUNIT_ASSERT(!*reader_.find(context_, {*parseForm(other), {}, {}, known.kept}));
        }
    }

    void whatWasGoodOnceBeforeItWasKeptHasThatName() {
        const auto until = host_.fakeClock.now() + seconds{60};
        keeper_.until = until - seconds{30};
        keeper_.text = sealed({*parseForm("client_id=site&scope=email"), {}, {"name", until}});
        const auto found = find("client_id=site&request_uri=urn:k:1");
        CPPUNIT_ASSERT_EQUAL(std::string("name"), found->once.name);
        CPPUNIT_ASSERT(found->once.until == until);
    }

    void whatWasNotSealedForTheClientIsOurFault() {
        const auto good = sealed({*parseForm("client_id=site")});
        keeper_.text = good;
        CPPUNIT_ASSERT_EQUAL(std::string(OAuthCode::serverError),
                             find("client_id=app&request_uri=urn:k:1").error().error.code);
        for (const auto& text : {std::string(), std::string("x"), good + "A"}) {
            keeper_.text = text;
            CPPUNIT_ASSERT(!find("client_id=site&request_uri=urn:k:1"));
        }
    }

    void whoMustUseOneIsRefusedWithAnother() {
        const auto refused = find("client_id=site&request_uri=x");
        CPPUNIT_ASSERT_EQUAL(std::string("Push it!"), refused.error().error.description);
        CPPUNIT_ASSERT_EQUAL(0, shelf_.asked);
        CPPUNIT_ASSERT(find("client_id=app&request_uri=x"));
    }

    void whoMustUseAKeeperDoesSoByPushing() {
        CPPUNIT_ASSERT(!find("client_id=site&scope=openid"));
        CPPUNIT_ASSERT(find("client_id=site&scope=openid", true));
        CPPUNIT_ASSERT(find("client_id=site&ticket=x", true));
        Demanding demanding;
        const RequestSources strict(host_, {{"strict", &demanding}});
        CPPUNIT_ASSERT(strict.objection(site(), true));
    }

    void onlyWhatIsPushedIsSeenAsThat() {
        const HttpRequest* seen = &http_;
        shelf_.answer = [&](const RequestInHand& request) -> Read {
            seen = request.pushed();
            return RequestRead{*parseForm("scope=openid")};
        };
        CPPUNIT_ASSERT(find("client_id=app&ticket=x"));
        CPPUNIT_ASSERT(seen == nullptr);
        CPPUNIT_ASSERT(find("client_id=app&ticket=x", true));
        CPPUNIT_ASSERT(seen == &http_);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(KeptRequestsTest);

}  // namespace gatehouse
