// SPDX-License-Identifier: Apache-2.0
#include "authorization/RequestCheck.h"

#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include "RequestFakes.h"
#include "authorization/RequestSources.h"
#include "authorization/ResponseModes.h"
#include "authorization/ResponseTypes.h"
#include "authorization/RuleChain.h"
#include "client/ClientDirectory.h"
#include "client/ClientRules.h"
#include "limit/RateLimiter.h"
#include "login/AskedSteps.h"
#include "text/FormText.h"
#include "token/ClaimsPolicy.h"
#include "token/ResourcePolicy.h"
#include "token/TokenBindings.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class RequestCheckTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RequestCheckTest);
    CPPUNIT_TEST(whatProvesTheClientIsNotKept);
    CPPUNIT_TEST(whatIsPromisedNeedsNoRedirect);
    CPPUNIT_TEST(whatIsPromisedIsCheckedOtherwise);
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
    const RequestSources sources_{host_, {}};
    const RuleChain rules_{host_, {}};
    const ResponseModes modes_{host_, {}};
    const ResponseTypes types_{host_, {}, true};
    const TokenBindings bindings_{{}};
    const ResourcePolicy resources_{host_, {}, "", true};
    const AskedSteps askedSteps_{{}, {}, {}};
    RateLimiter limits_{host_.clock(), {}, host_.log(), host_.metrics()};
    RequestCheck check_{host_,
                        {directory_, jose_, claims_, sources_, rules_, modes_, types_, bindings_,
                         resources_, askedSteps_},
                        limits_,
                        seconds{900}};
    const AuthenticatedClient site_{*directory_.find(context_, "site"), true};

    Result<CheckedRequest, OAuthError> promise(const std::string& query) {
        return check_.checkPromised(context_, {}, site_, *parseForm(query), false);
    }

public:
    void whatProvesTheClientIsNotKept() {
        const auto checked = promise("scope=openid&client_secret=s3cret&client_assertion=a.b.c"
                                     "&client_assertion_type=urn:a");
        CPPUNIT_ASSERT(checked);
        CPPUNIT_ASSERT_EQUAL(std::string("scope=openid&client_id=site"),
                             writeForm(checked->parameters.fields()));
    }

    void whatIsPromisedNeedsNoRedirect() {
        CPPUNIT_ASSERT(promise("scope=openid"));
        CPPUNIT_ASSERT(
            promise("scope=openid&redirect_uri=https://evil.example/&response_type=odd"));
        CPPUNIT_ASSERT(!check_.check(context_, {}, site_, *parseForm("scope=openid")));
    }

    void whatIsPromisedIsCheckedOtherwise() {
        for (const auto* query :
             {"scope=a%22b", "scope=openid&max_age=-1", "scope=openid&claims=%7B",
              "scope=openid&resource=x", "scope=openid&prompt=odd", "scope=openid&request=a.b.c",
              "scope=openid&request_uri=urn:x", "client_id=app"}) {
            CPPUNIT_ASSERT_MESSAGE(query, !promise(query));
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RequestCheckTest);

}  // namespace gatehouse
