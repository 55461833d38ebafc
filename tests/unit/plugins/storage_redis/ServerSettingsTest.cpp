// SPDX-License-Identifier: Apache-2.0
#include "ServerSettings.h"

#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeHost.h>

#include "RedisStorage.h"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

namespace gatehouse {

class ServerSettingsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ServerSettingsTest);
    CPPUNIT_TEST(aUrlSaysWhereAndWho);
    CPPUNIT_TEST(whatAUrlLeavesOutIsAsUsual);
    CPPUNIT_TEST(wrongUrlsAreRefusedWithoutThePassword);
    CPPUNIT_TEST(endpointsAreRead);
    CPPUNIT_TEST(wrongEndpointsAreRefused);
    CPPUNIT_TEST(settingsThatContradictAreRefused);
    CPPUNIT_TEST_SUITE_END();

public:
    void aUrlSaysWhereAndWho() {
        const auto settings = settingsOfUrl("rediss://ga%3Ate:p%40ss:%2Fw@[::1]:7000/12");
        CPPUNIT_ASSERT(settings);
        CPPUNIT_ASSERT_EQUAL(std::string("[::1]:7000"), settings->server.text());
        CPPUNIT_ASSERT_EQUAL(std::string("ga:te"), settings->user);
        CPPUNIT_ASSERT(settings->password.view() == "p@ss:/w");
        CPPUNIT_ASSERT_EQUAL(12U, settings->database);
        CPPUNIT_ASSERT(settings->isTls);
    }

    void whatAUrlLeavesOutIsAsUsual() {
        for (const char* url : {"redis://redis.example", "redis://redis.example/"}) {
            const auto settings = settingsOfUrl(url);
            CPPUNIT_ASSERT(settings);
            CPPUNIT_ASSERT_EQUAL(std::string("redis.example:6379"), settings->server.text());
            CPPUNIT_ASSERT(settings->user.empty() && settings->password.empty());
            CPPUNIT_ASSERT_EQUAL(0U, settings->database);
            CPPUNIT_ASSERT(!settings->isTls);
        }
        CPPUNIT_ASSERT(settingsOfUrl("redis://:word@h")->password.view() == "word");
    }

    void wrongUrlsAreRefusedWithoutThePassword() {
        for (const char* url :
             {"http://:sesame@h", "redis://", "redis:", "redis://:sesame@", "redis://:sesame@h/x",
              "redis://:sesame@h/-1", "redis://:sesame@h/1/2", "redis://:sesame@h?db=1",
              "redis://:sesame@h#1", "redis://:sesame@h:x", "redis://:sesame%4@h", ""}) {
            const auto settings = settingsOfUrl(url);
            CPPUNIT_ASSERT_MESSAGE(url, !settings);
            CPPUNIT_ASSERT(settings.error().detail.find("sesame") == std::string::npos);
        }
    }

    void endpointsAreRead() {
        CPPUNIT_ASSERT_EQUAL(std::string("a.example:1"), endpointOf("a.example:1", 9)->text());
        CPPUNIT_ASSERT_EQUAL(std::string("a.example:9"), endpointOf("a.example", 9)->text());
        CPPUNIT_ASSERT_EQUAL(std::string("[::1]:65535"), endpointOf("[::1]:65535", 9)->text());
        CPPUNIT_ASSERT_EQUAL(std::string("[::1]:9"), endpointOf("[::1]", 9)->text());
    }

    void wrongEndpointsAreRefused() {
        for (const char* text :
             {"", ":1", "a:", "a:0", "a:65536", "a:x", "[::1", "[::1]x", "[]:1"}) {
            CPPUNIT_ASSERT_MESSAGE(text, !endpointOf(text, 9));
        }
    }

    void settingsThatContradictAreRefused() {
        refused("url", {{"url", "redis://h/x"}});
        refused("url", {{"url", "redis://gate@h"}});
        refused("password", {{"url", "redis://:a@h"}, {"password", "b"}});
        refused("ca_file", {{"url", "redis://h"}, {"ca_file", "/ca.pem"}});
        refused("sentinels", {{"url", "redis://h"}, {"master_name", "gate"}});
        refused("sentinels", {{"url", "redis://h"}, {"sentinels", ValueList{Value{"h"}}}});
        refused(
            "sentinels",
            {{"url", "redis://h"}, {"master_name", "gate"}, {"sentinels", ValueList{Value{":"}}}});
    }

private:
    static void refused(const std::string& place, ValueMap settings) {
        testkit::FakeHost host;
        RedisStorage storage;
        const Status status = storage.configure(
            testkit::FakeConfig(fieldsOf<RedisStorage>(), std::move(settings)), host);
        CPPUNIT_ASSERT(!status);
        CPPUNIT_ASSERT_MESSAGE(status.error().detail,
                               status.error().detail.find("test:" + place + ": ") == 0);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ServerSettingsTest);

}  // namespace gatehouse
