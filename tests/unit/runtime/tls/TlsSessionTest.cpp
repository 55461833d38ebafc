// SPDX-License-Identifier: Apache-2.0
#include "TlsBed.h"

#include <cppunit/extensions/HelperMacros.h>
#include <sys/socket.h>

#include <string>
#include <vector>

namespace gatehouse {

class TlsSessionTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TlsSessionTest);
    CPPUNIT_TEST(whatIsSentArrivesHoweverSlowlyItIsTaken);
    CPPUNIT_TEST(manyRecordsAreReadOneAfterTheOther);
    CPPUNIT_TEST(theEndIsSaid);
    CPPUNIT_TEST(aDamagedRecordEndsIt);
    CPPUNIT_TEST(aClientThatLeavesEndsTheHandshake);
    CPPUNIT_TEST(aTicketIsGoodForTwiceTheLifeOfItsKey);
    CPPUNIT_TEST(aTicketOutlivesTheCertificate);
    CPPUNIT_TEST_SUITE_END();

    using Session = std::unique_ptr<SSL_SESSION, Freed<SSL_SESSION_free>>;
    TlsBed bed_;

    Session session() {
        TlsPair pair(bed_, TLS1_2_VERSION, nullptr);
        CPPUNIT_ASSERT(pair.agree() == Transfer::some);
        return Session(SSL_get1_session(pair.client.get()));
    }

    bool isResumed(const Session& session) {
        TlsPair pair(bed_, TLS1_2_VERSION, session.get());
        CPPUNIT_ASSERT(pair.agree() == Transfer::some);
        return pair.server->isResumed();
    }

public:
    void whatIsSentArrivesHoweverSlowlyItIsTaken() {
        TlsPair pair(bed_, TLS1_3_VERSION, nullptr);
        CPPUNIT_ASSERT(pair.agree() == Transfer::some);
        const std::string text(3'000'000, 'x');
        std::size_t done = 0;
        std::string received;
        bool hasWaited = false;
        while (received.size() < text.size()) {
            std::size_t sent = 0;
            const std::string_view rest = std::string_view(text).substr(done);
            const auto outcome = pair.server->send(rest, sent);
            CPPUNIT_ASSERT(outcome != Transfer::ended);
            hasWaited = hasWaited || outcome == Transfer::none;
            done += sent;
            received += pair.read();
        }
        CPPUNIT_ASSERT(hasWaited);
        CPPUNIT_ASSERT(text == received);
    }

    void manyRecordsAreReadOneAfterTheOther() {
        TlsPair pair(bed_, TLS1_3_VERSION, nullptr);
        CPPUNIT_ASSERT(pair.agree() == Transfer::some);
        for (const char* text : {"one ", "two ", "three"}) {
            pair.tellServer(text);
        }
        std::vector<char> buffer(100);
        std::string all;
        std::string_view bytes;
        do {
            CPPUNIT_ASSERT(pair.server->receive(buffer.data(), buffer.size(), bytes) ==
                           Transfer::some);
            all += bytes;
        } while (pair.server->mayHaveBytes());
        CPPUNIT_ASSERT_EQUAL(std::string("one two three"), all);
        CPPUNIT_ASSERT(pair.server->receive(buffer.data(), buffer.size(), bytes) == Transfer::none);
    }

    void theEndIsSaid() {
        TlsPair pair(bed_, TLS1_3_VERSION, nullptr);
        CPPUNIT_ASSERT(pair.agree() == Transfer::some);
        pair.server->endSending();
        pair.server->endSending();
        CPPUNIT_ASSERT_EQUAL(std::string(), pair.read());
        CPPUNIT_ASSERT((SSL_get_shutdown(pair.client.get()) & SSL_RECEIVED_SHUTDOWN) != 0);
    }

    void aDamagedRecordEndsIt() {
        TlsPair pair(bed_, TLS1_3_VERSION, nullptr);
        CPPUNIT_ASSERT(pair.agree() == Transfer::some);
        const std::string framed = std::string("\x17\x03\x03\x00\x18", 5) + std::string(24, 'x');
        CPPUNIT_ASSERT_EQUAL(static_cast<ssize_t>(framed.size()),
                             ::send(pair.clientEnd(), framed.data(), framed.size(), 0));
        std::vector<char> buffer(100);
        std::string_view bytes;
        CPPUNIT_ASSERT(pair.server->receive(buffer.data(), buffer.size(), bytes) ==
                       Transfer::ended);
        CPPUNIT_ASSERT(!pair.server->failure().empty());
    }

    void aClientThatLeavesEndsTheHandshake() {
        TlsPair pair(bed_, TLS1_3_VERSION, nullptr);
        CPPUNIT_ASSERT(pair.server->handshake() == Transfer::none);
        ::shutdown(pair.clientEnd(), SHUT_RDWR);
        CPPUNIT_ASSERT(pair.server->handshake() == Transfer::ended);
    }

    void aTicketIsGoodForTwiceTheLifeOfItsKey() {
        const auto old = session();
        CPPUNIT_ASSERT(isResumed(old));
        bed_.clock.advance(TicketKeys::lifetime);
        CPPUNIT_ASSERT(isResumed(old));
        bed_.clock.advance(TicketKeys::lifetime);
        CPPUNIT_ASSERT(!isResumed(old));
    }

    void aTicketOutlivesTheCertificate() {
        const auto old = session();
        bed_.issue(bed_.clock.now() + std::chrono::hours{24 * 60});
        bed_.certificates->refresh();
        CPPUNIT_ASSERT(bed_.log.says("replaced"));
        CPPUNIT_ASSERT(isResumed(old));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TlsSessionTest);

}  // namespace gatehouse
