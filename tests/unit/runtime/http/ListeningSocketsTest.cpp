// SPDX-License-Identifier: Apache-2.0
#include "http/ListeningSockets.h"

#include <gatehouse/testkit/FakeLog.h>

#include <Poco/Net/StreamSocket.h>

#include <cppunit/TestAssert.h>
#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include <string>
#include <vector>

namespace gatehouse {

/// A host with several addresses.
class ListeningSocketsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ListeningSocketsTest);
    CPPUNIT_TEST(eachAddressGetsASocketOnTheSamePort);
    CPPUNIT_TEST(anAddressThatIsNotHereIsTold);
    CPPUNIT_TEST(oneThatIsInUseIsAnError);
    CPPUNIT_TEST(noneThatIsHereIsAnError);
    CPPUNIT_TEST(anAddressIsItself);
    CPPUNIT_TEST_SUITE_END();

public:
    void eachAddressGetsASocketOnTheSamePort() {
        const auto sockets = listenOn({{"127.0.0.1", 0}, {"127.0.0.2", 0}}, log_);
        CPPUNIT_ASSERT(sockets);
        const auto port = std::to_string(sockets->front().socket.address().port());
        CPPUNIT_ASSERT_EQUAL("127.0.0.1:" + port + ", 127.0.0.2:" + port, textOf(*sockets));
        for (const auto& socket : *sockets) {
            const Poco::Net::StreamSocket client(socket.socket.address());
        }
        CPPUNIT_ASSERT(log_.lines().empty());
    }

    void anAddressThatIsNotHereIsTold() {
        const auto sockets = listenOn({{absent, 0}, {"127.0.0.1", 0}}, log_);
        CPPUNIT_ASSERT(sockets);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, sockets->size());
        const auto line = log_.lines().at(0);
        CPPUNIT_ASSERT(line.level == Level::info);
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, line.message.find("cannot listen on 192.0.2.1:0: "));
        CPPUNIT_ASSERT(line.message.find("listening on 127.0.0.1:") != std::string::npos);
    }

    void oneThatIsInUseIsAnError() {
        const auto first = listenOn({{"127.0.0.1", 0}}, log_);
        const auto port = first->front().socket.address().port();
        const auto second = listenOn({{"127.0.0.2", port}, {"127.0.0.1", port}}, log_);
        CPPUNIT_ASSERT(!second);
        const std::string expected = "cannot listen on 127.0.0.1:" + std::to_string(port) + ": ";
        CPPUNIT_ASSERT_EQUAL(expected, second.error().detail.substr(0, expected.size()));
    }

    void noneThatIsHereIsAnError() {
        CPPUNIT_ASSERT(!listenOn({{absent, 0}}, log_));
        CPPUNIT_ASSERT(log_.lines().empty());
    }

    void anAddressIsItself() {
        for (const std::string host : {"127.0.0.1", "0.0.0.0", "::1", "::"}) {
            const auto addresses = addressesOf(host, 1314);
            CPPUNIT_ASSERT_EQUAL(std::size_t{1}, addresses.size());
            CPPUNIT_ASSERT_EQUAL(host, addresses.front().host().toString());
        }
    }

private:
    static constexpr const char* absent = "192.0.2.1";  // RFC 5737: nobody's

    testkit::FakeLog log_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(ListeningSocketsTest);

}  // namespace gatehouse
