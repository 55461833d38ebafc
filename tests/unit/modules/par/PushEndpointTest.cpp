// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/point/HttpModule.h>
#include <gatehouse/testkit/FakeClients.h>
#include <gatehouse/testkit/FakeRequests.h>
#include <gatehouse/testkit/FakeTokens.h>

#include "PushBed.h"

#include <cppunit/extensions/HelperMacros.h>

extern "C" const gatehouse::PluginDescriptor* gatehouse_plugin() noexcept;

namespace gatehouse {

namespace {

/// Somebody else's plugin under the name of ours.
class OtherSource final : public RequestSource {
public:
    std::vector<std::string_view> parameters() const override { return {"other"}; }
    Result<RequestRead, OAuthError> read(const RequestInHand&) const override {
        return RequestRead{};
    }
};

}  // namespace

class PushEndpointTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PushEndpointTest);
    CPPUNIT_TEST(itAnswersWithTheUri);
    CPPUNIT_TEST(whatIsRefusedIsSaidAsRfc9126Has);
    CPPUNIT_TEST(aStorageThatIsAwayIsSaid);
    CPPUNIT_TEST(discoveryNamesIt);
    CPPUNIT_TEST(itDoesNotStartWithSomebodyElsesSource);
    CPPUNIT_TEST_SUITE_END();

    PushBed bed_;
    testkit::FakeClients clients_{bed_.host.fakeRecords};
    testkit::FakeRequests requests_{bed_.host.fakeRecords};
    testkit::FakeTokens tokens_{bed_.host.fakeRecords};
    std::unique_ptr<PushedRequests> pushed_ = bed_.make();
    std::unique_ptr<HttpModule> module_{dynamic_cast<HttpModule*>(gatehouse_plugin()->create())};

    HttpResponse post(const std::string& body, const char* proof = "Basic proof") {
        HttpRequest request;
        request.method = "POST";
        request.headers = {{"content-type", "application/x-www-form-urlencoded"},
                           {"authorization", proof}};
        request.body = body;
        return module_->routes().front().handler(bed_.context, request);
    }
    std::vector<Record> stored() {
        return bed_.host.fakeRecords.list(bed_.context, "request", {}, {}, 10)->records;
    }

public:
    void setUp() override {
        bed_.host.add<Clients>("clients", clients_);
        bed_.host.add<Requests>("requests", requests_);
        bed_.host.add<Tokens>("tokens", tokens_);
        bed_.host.add<RequestSource>("par", *pushed_);
        CPPUNIT_ASSERT(module_->configure(testkit::FakeConfig(), bed_.host));
        CPPUNIT_ASSERT(module_->start());
    }

    void itAnswersWithTheUri() {
        const auto answer = post("redirect_uri=x&scope=openid");
        CPPUNIT_ASSERT_EQUAL(201, answer.status);
        CPPUNIT_ASSERT(answer.body.find(R"({"request_uri":"urn:ietf:params:oauth:request_uri:)") ==
                       0);
        CPPUNIT_ASSERT(answer.body.find(R"("expires_in":60})") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, stored().size());
    }

    void whatIsRefusedIsSaidAsRfc9126Has() {
        for (const auto& [body, code] :
             {std::pair("redirect_uri=x&scope=refused", "invalid_scope"),
              std::pair("scope=openid", "invalid_request"),
              std::pair("redirect_uri=x&request_uri=y", "invalid_request"),
              std::pair("redirect_uri=x&request_uri=", "invalid_request")}) {
            const auto answer = post(body);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(body, 400, answer.status);
            CPPUNIT_ASSERT_MESSAGE(answer.body, answer.body.find(code) != std::string::npos);
        }
        CPPUNIT_ASSERT_EQUAL(401, post("redirect_uri=x", "Basic wrong").status);
        CPPUNIT_ASSERT(stored().empty());
    }

    void aStorageThatIsAwayIsSaid() {
        bed_.kill();
        CPPUNIT_ASSERT_EQUAL(503, post("redirect_uri=x").status);
        bed_.revive();
        CPPUNIT_ASSERT_EQUAL(201, post("redirect_uri=x").status);
    }

    void discoveryNamesIt() {
        ValueMap metadata;
        module_->describe({1, "https://id.example", ""}, metadata);
        CPPUNIT_ASSERT((metadata == ValueMap{{"pushed_authorization_request_endpoint",
                                              "https://id.example/api/oauth/par"},
                                             {"require_pushed_authorization_requests", false}}));
    }

    void itDoesNotStartWithSomebodyElsesSource() {
        testkit::FakeHost host;
        OtherSource other;
        host.add<Clients>("clients", clients_);
        host.add<Requests>("requests", requests_);
        host.add<Tokens>("tokens", tokens_);
        host.add<RequestSource>("par", other);
        std::unique_ptr<HttpModule> module(dynamic_cast<HttpModule*>(gatehouse_plugin()->create()));
        CPPUNIT_ASSERT(module->configure(testkit::FakeConfig(), host));
        const auto started = module->start();
        CPPUNIT_ASSERT(!started);
        CPPUNIT_ASSERT(started.error().detail.find("request_source.par") == 0);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PushEndpointTest);

}  // namespace gatehouse
