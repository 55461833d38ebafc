// SPDX-License-Identifier: Apache-2.0
#include "http/ProxyTrust.h"

#include "http/RequestId.h"

#include <cppunit/TestAssert.h>
#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace gatehouse {

class ProxyTrustTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ProxyTrustTest);
    CPPUNIT_TEST(rangesHoldWhatTheySay);
    CPPUNIT_TEST(whatIsNoRangeIsRefusedByName);
    CPPUNIT_TEST(theClientIsTheRightmostHopThatIsNoProxy);
    CPPUNIT_TEST(theLastProxySaysWhetherItWasSecure);
    CPPUNIT_TEST(onlyWellFormedRequestIdsAreTaken);
    CPPUNIT_TEST(madeRequestIdsDoNotRepeat);
    CPPUNIT_TEST(onlyValidTraceParentsPass);
    CPPUNIT_TEST_SUITE_END();

public:
    void rangesHoldWhatTheySay() {
        struct Row {
            const char *range, *address;
            bool isIn;
        };
        const Row rows[] = {
            {"127.0.0.1", "127.0.0.1", true},
            {"127.0.0.1/32", "127.0.0.2", false},
            {"10.0.0.0/8", "10.255.1.2", true},
            {"10.0.0.0/8", "11.0.0.0", false},
            {"192.168.16.0/20", "192.168.31.255", true},
            {"192.168.16.0/20", "192.168.32.0", false},
            {"0.0.0.0/0", "8.8.8.8", true},
            {"0.0.0.0/0", "2001:db8::1", false},
            {"10.0.0.0/8", "::ffff:10.1.2.3", true},
            {"::1", "::1", true},
            {"2001:db8::/32", "2001:db8:ffff::1", true},
            {"2001:db8::/33", "2001:db8:8000::1", false},
            {"::/0", "2001:db8::1", true},
            {"::ffff:10.0.0.0/104", "10.9.9.9", true},
        };
        for (const auto& row : rows) {
            const auto trust = ProxyTrust::of({row.range}, false);
            CPPUNIT_ASSERT_MESSAGE(row.range, bool(trust));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(row.range, row.isIn,
                                         trust->trusts(*NetworkAddress::parse(row.address)));
        }
    }

    void whatIsNoRangeIsRefusedByName() {
        for (const char* text : {"", "localhost", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1",
                                 "10.0.0.0/8x", "10.1", "::/129", "1.2.3.4.5", "/8"}) {
            const auto trust = ProxyTrust::of({"127.0.0.1", text}, false);
            CPPUNIT_ASSERT_MESSAGE(text, !trust);
            CPPUNIT_ASSERT(trust.error().detail.find('"' + std::string(text) + '"') !=
                           std::string::npos);
        }
    }

    void theClientIsTheRightmostHopThatIsNoProxy() {
        CPPUNIT_ASSERT_EQUAL(std::string("127.0.0.1"), clientOf({}));
        CPPUNIT_ASSERT_EQUAL(std::string("192.0.2.7"), clientOf({"192.0.2.7"}));
        CPPUNIT_ASSERT_EQUAL(std::string("192.0.2.7"), clientOf({"6.6.6.6, 192.0.2.7"}));
        CPPUNIT_ASSERT_EQUAL(std::string("192.0.2.7"), clientOf({"6.6.6.6,192.0.2.7 , 10.1.1.1"}));
        CPPUNIT_ASSERT_EQUAL(std::string("192.0.2.7"),
                             clientOf({"6.6.6.6", "192.0.2.7", "10.1.1.1"}));
        CPPUNIT_ASSERT_EQUAL(std::string("10.9.9.9"), clientOf({"10.9.9.9, 10.1.1.1"}));
        CPPUNIT_ASSERT_EQUAL(std::string("10.1.1.1"), clientOf({"6.6.6.6, nonsense, 10.1.1.1"}));
        CPPUNIT_ASSERT_EQUAL(std::string("127.0.0.1"), clientOf({"unknown"}));
        CPPUNIT_ASSERT_EQUAL(std::string("192.0.2.7"), clientOf({"192.0.2.7:4711"}));
        CPPUNIT_ASSERT_EQUAL(std::string("2001:db8::1"), clientOf({"[2001:db8::1]:443"}));
        CPPUNIT_ASSERT_EQUAL(std::string("2001:db8::1"), clientOf({"2001:DB8:0::1"}));
    }

    void theLastProxySaysWhetherItWasSecure() {
        for (const auto& [value, isSecure] : {std::pair<const char*, bool>{"https", true},
                                              {"HTTPS", true},
                                              {"http", false},
                                              {"http, https", true},
                                              {"https,http", false},
                                              {"httpsx", false},
                                              {"", false}}) {
            HttpRequest request;
            request.headers.push_back({"x-forwarded-proto", value});
            trust_->apply(request);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(value, isSecure, request.isSecure);
        }
    }

    void onlyWellFormedRequestIdsAreTaken() {
        for (const auto& [id, isTaken] : {std::pair<std::string, bool>{"a-B_9.x", true},
                                          {std::string(64, 'a'), true},
                                          {std::string(65, 'a'), false},
                                          {"a b", false},
                                          {"a\"b", false},
                                          {"", false}}) {
            HttpRequest request;
            request.headers.push_back({"x-request-id", id});
            trust_->apply(request);
            CPPUNIT_ASSERT_EQUAL(isTaken ? id : std::string(), request.requestId);
        }
    }

    void madeRequestIdsDoNotRepeat() {
        std::set<std::string> ids;
        for (int i = 0; i < 10'000; ++i) {
            const auto id = makeRequestId();
            CPPUNIT_ASSERT_EQUAL(std::size_t{16}, id.size());
            CPPUNIT_ASSERT(isRequestId(id));
            CPPUNIT_ASSERT(ids.insert(id).second);
        }
    }

    void onlyValidTraceParentsPass() {
        const std::string trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        const std::string parent = "00f067aa0ba902b7";
        CPPUNIT_ASSERT(isTraceParent("00-" + trace + "-" + parent + "-01"));
        CPPUNIT_ASSERT(isTraceParent("cc-" + trace + "-" + parent + "-01-what.comes.later"));
        const std::string bad[] = {
            "",
            "00",
            "00-" + trace + "-" + parent,
            "00-" + trace + "-" + parent + "-01-more",
            "cc-" + trace + "-" + parent + "-01more",
            "ff-" + trace + "-" + parent + "-01",
            "00-" + std::string(32, '0') + "-" + parent + "-01",
            "00-" + trace + "-" + std::string(16, '0') + "-01",
            "00-" + std::string(32, 'A') + "-" + parent + "-01",
            "00-" + trace + "_" + parent + "-01",
            "0g-" + trace + "-" + parent + "-01",
        };
        for (const auto& text : bad) {
            CPPUNIT_ASSERT_MESSAGE(text, !isTraceParent(text));
        }
    }

private:
    std::string clientOf(const std::vector<std::string>& fields) const {
        HttpRequest request;
        request.remoteAddress = "127.0.0.1";
        for (const auto& field : fields) {
            request.headers.push_back({"x-forwarded-for", field});
        }
        trust_->apply(request);
        return request.remoteAddress;
    }

    Result<ProxyTrust> trust_ = ProxyTrust::of({"127.0.0.1/32", "10.0.0.0/8"}, true);
};

CPPUNIT_TEST_SUITE_REGISTRATION(ProxyTrustTest);

}  // namespace gatehouse
