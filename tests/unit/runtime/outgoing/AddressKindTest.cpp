// SPDX-License-Identifier: Apache-2.0
#include "outgoing/AddressKind.h"

#include "outgoing/OutgoingRules.h"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class AddressKindTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AddressKindTest);
    CPPUNIT_TEST(publicAddressesAreNothingSpecial);
    CPPUNIT_TEST(othersAreNamed);
    CPPUNIT_TEST(whatIsInsideCounts);
    CPPUNIT_TEST(theOperatorsListLetsThrough);
    CPPUNIT_TEST_SUITE_END();

public:
    void publicAddressesAreNothingSpecial() {
        for (const char* text : {"1.1.1.1", "8.8.8.8", "172.15.255.255", "172.32.0.1", "11.0.0.0",
                                 "223.255.255.255", "2606:4700::1111", "2a00:1450::1",
                                 "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1"}) {
            CPPUNIT_ASSERT_EQUAL_MESSAGE(text, std::string(), kindOf(text));
        }
    }

    void othersAreNamed() {
        const std::pair<const char*, const char*> rows[] = {
            {"127.0.0.1", "loopback"},
            {"127.255.255.255", "loopback"},
            {"::1", "loopback"},
            {"10.1.2.3", "private"},
            {"172.16.0.1", "private"},
            {"172.31.255.255", "private"},
            {"192.168.1.1", "private"},
            {"100.64.0.1", "shared"},
            {"169.254.1.1", "link-local"},
            {"fe80::1", "link-local"},
            {"fd12::1", "unique local"},
            {"fc00::1", "unique local"},
            {"224.0.0.1", "multicast"},
            {"ff02::1", "multicast"},
            {"0.0.0.0", "unspecified"},
            {"0.1.2.3", "unspecified"},
            {"::", "unspecified"},
            {"169.254.169.254", "metadata"},
            {"fd00:ec2::254", "metadata"},
            {"255.255.255.255", "reserved"},
            {"240.0.0.1", "reserved"},
            {"192.0.2.1", "documentation"},
            {"2001:db8::1", "documentation"},
            {"198.18.0.1", "benchmarks"},
            {"fec0::1", "site-local"},
            {"100::1", "reserved"},
            {"64:ff9b:1::1", "reserved"},
            {"4000::1", "reserved"},
        };
        for (const auto& [text, kind] : rows) {
            CPPUNIT_ASSERT_MESSAGE(text + (": " + kindOf(text)),
                                   kindOf(text).find(kind) != std::string::npos);
        }
    }

    void whatIsInsideCounts() {
        for (const char* text :
             {"::ffff:127.0.0.1", "::ffff:7f00:1", "::127.0.0.1", "64:ff9b::127.0.0.1",
              "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:808:808::80ff:fffe"}) {
            CPPUNIT_ASSERT_EQUAL_MESSAGE(text, std::string("a loopback address"), kindOf(text));
        }
        CPPUNIT_ASSERT_EQUAL(std::string("a cloud's metadata address"),
                             kindOf("64:ff9b::169.254.169.254"));
    }

    void theOperatorsListLetsThrough() {
        const auto rules = OutgoingRules::make({"http://127.0.0.1:8080", "10.0.0.0/8", "::1"});
        CPPUNIT_ASSERT(bool(rules));
        const auto allows = [&](const char* text, const char* address) {
            const auto url = OutgoingUrl::parse(text);
            return bool(rules->judge(*url)) &&
                   bool(rules->judge(*url, *NetworkAddress::parse(address)));
        };
        CPPUNIT_ASSERT(allows("http://127.0.0.1:8080/x", "127.0.0.1"));
        CPPUNIT_ASSERT(!allows("http://127.0.0.1:8081/x", "127.0.0.1"));
        CPPUNIT_ASSERT(!allows("https://127.0.0.1:8080/x", "127.0.0.1"));
        CPPUNIT_ASSERT(allows("https://a.example", "10.9.9.9"));
        CPPUNIT_ASSERT(!allows("http://a.example", "10.9.9.9"));
        CPPUNIT_ASSERT(!allows("http://a.example", "8.8.8.8"));
        CPPUNIT_ASSERT(allows("https://a.example", "::1"));
        CPPUNIT_ASSERT(!allows("https://a.example", "127.0.0.1"));
        for (const char* wrong : {"", "a.example", "http://a.example/path", "10.0.0.0/33"}) {
            CPPUNIT_ASSERT_MESSAGE(wrong, !OutgoingRules::make({wrong}));
        }
    }

private:
    static std::string kindOf(const char* text) {
        return std::string(specialKind(*NetworkAddress::parse(text)));
    }
};

}  // namespace gatehouse

CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::AddressKindTest);
