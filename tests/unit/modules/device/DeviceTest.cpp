// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/point/HttpModule.h>
#include <gatehouse/testkit/FacadeBed.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeContext.h>

#include "DeviceAuthorization.h"
#include "DevicePage.h"

#include <cppunit/extensions/HelperMacros.h>

extern "C" const gatehouse::PluginDescriptor* gatehouse_plugin() noexcept;

namespace gatehouse {

class DeviceTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(DeviceTest);
    CPPUNIT_TEST(aCodeLeadsToItsPromise);
    CPPUNIT_TEST(aWrongCodeIsAskedForAgain);
    CPPUNIT_TEST(aCodeIsOpenedTwentyTimes);
    CPPUNIT_TEST(anAddressTypesSoMany);
    CPPUNIT_TEST(afterTooManyWrongOnesNoneIsLookedAtForAMinute);
    CPPUNIT_TEST(whatCannotBeCountedIsNotLookedAt);
    CPPUNIT_TEST(codesThatWaitAreLimited);
    CPPUNIT_TEST(codesEnd);
    CPPUNIT_TEST(withoutTheGrantThereIsNothing);
    CPPUNIT_TEST_SUITE_END();

    testkit::FacadeBed bed_;
    testkit::FakeContext context_;
    std::unique_ptr<HttpModule> module_;

    HttpResponse call(const std::string& method, const std::string& path, const std::string& body,
                      const std::string& address = "192.0.2.1") {
        HttpRequest request;
        request.method = method;
        request.path = path;
        request.headers = {{"content-type", "application/x-www-form-urlencoded"},
                           {"authorization", "Basic proof"}};
        request.body = body;
        request.remoteAddress = address;
        for (const auto& route : module_->routes()) {
            if (route.method == method && route.path == path) {
                return route.handler(context_, request);
            }
        }
        throw std::logic_error("no such route");
    }
    HttpResponse ask(const std::string& address = "192.0.2.1") {
        return call("POST", DeviceAuthorization::path, "scope=openid", address);
    }
    std::string code() {
        constexpr std::string_view before = R"("user_code":")";
        constexpr std::size_t length = 9;
        const auto body = ask().body;
        const auto at = body.find(before);
        CPPUNIT_ASSERT_MESSAGE(body, at != std::string::npos);
        return body.substr(at + before.size(), length);
    }
    int type(const std::string& code, const std::string& address = "192.0.2.1") {
        return call("POST", DevicePage::path, "csrf=csrf for device&user_code=" + code, address)
            .status;
    }

public:
    void setUp() override {
        bed_.tokens.types.emplace_back(DeviceAuthorization::grant);
        module_.reset(dynamic_cast<HttpModule*>(gatehouse_plugin()->create()));
        const testkit::FakeConfig config(
            gatehouse_plugin()->fields,
            ValueMap{{"most_typed_codes", 30}, {"most_wrong_codes", 50}, {"most_pending", 3}});
        CPPUNIT_ASSERT(module_->configure(config, bed_.host));
        CPPUNIT_ASSERT(module_->start());
    }

    void aCodeLeadsToItsPromise() { CPPUNIT_ASSERT_EQUAL(303, type(code())); }

    void aWrongCodeIsAskedForAgain() {
        CPPUNIT_ASSERT_EQUAL(400, type("BCDF-GHJK"));
        CPPUNIT_ASSERT_EQUAL(400, type("x"));
        CPPUNIT_ASSERT_EQUAL(400, type(""));
    }

    void aCodeIsOpenedTwentyTimes() {
        const auto known = code();
        for (int i = 0; i < 20; ++i) {
            CPPUNIT_ASSERT_EQUAL(303, type(known));
        }
        CPPUNIT_ASSERT_EQUAL(400, type(known));
    }

    void anAddressTypesSoMany() {
        const auto known = code();
        for (int i = 0; i < 30; ++i) {
            CPPUNIT_ASSERT_EQUAL(400, type("BCDF-GHJK", "2001:db8::" + std::to_string(i)));
        }
        CPPUNIT_ASSERT_EQUAL(429, type(known, "2001:db8::ffff"));
        CPPUNIT_ASSERT_EQUAL(303, type(known, "2001:db8:0:1::1"));
        bed_.host.fakeClock.advance(GuessLimits::window + seconds{1});
        CPPUNIT_ASSERT_EQUAL(303, type(known, "2001:db8::ffff"));
    }

    void afterTooManyWrongOnesNoneIsLookedAtForAMinute() {
        const auto known = code();
        for (int i = 0; i < 51; ++i) {
            CPPUNIT_ASSERT_EQUAL(400, type("BCDF-GHJK", "192.0.2." + std::to_string(i + 10)));
        }
        CPPUNIT_ASSERT_EQUAL(429, type(known));
        bed_.host.fakeClock.advance(seconds{61});
        CPPUNIT_ASSERT_EQUAL(303, type(known));
    }

    void whatCannotBeCountedIsNotLookedAt() {
        const auto known = code();
        bed_.kill();
        CPPUNIT_ASSERT_EQUAL(503, type(known));
        CPPUNIT_ASSERT_EQUAL(503, ask().status);
        bed_.revive();
        CPPUNIT_ASSERT_EQUAL(303, type(known));
    }

    void codesThatWaitAreLimited() {
        for (const int status : {200, 200, 200, 429}) {
            CPPUNIT_ASSERT_EQUAL(status, ask().status);
        }
        CPPUNIT_ASSERT_EQUAL(200, ask("198.51.100.1").status);
        bed_.host.fakeClock.advance(seconds{601});
        CPPUNIT_ASSERT_EQUAL(200, ask().status);
    }

    void codesEnd() {
        const auto known = code();
        bed_.host.fakeClock.advance(seconds{601});
        CPPUNIT_ASSERT_EQUAL(400, type(known));
    }

    void withoutTheGrantThereIsNothing() {
        bed_.tokens.types = {"authorization_code"};
        CPPUNIT_ASSERT_EQUAL(404, ask().status);
        CPPUNIT_ASSERT_EQUAL(404, type("BCDF-GHJK"));
        ValueMap metadata;
        module_->describe(context_.issuer, metadata);
        CPPUNIT_ASSERT(metadata.empty());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(DeviceTest);

}  // namespace gatehouse
