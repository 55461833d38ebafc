// SPDX-License-Identifier: Apache-2.0
#include "OutgoingBed.h"
#include "TestAuthority.h"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <sys/socket.h>

#include <filesystem>

namespace gatehouse {
namespace {

const std::string fine = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine";

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TestAuthority& authority() {
    static TestAuthority shared;
    return shared;
}

}  // namespace

class OutgoingTlsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(OutgoingTlsTest);
    CPPUNIT_TEST(aServerOfABelievedAuthorityIsAsked);
    CPPUNIT_TEST(oneForAnAddressToo);
    CPPUNIT_TEST(aStrangersCertificateIsRefused);
    CPPUNIT_TEST(aCertificateForAnotherNameIsRefused);
    CPPUNIT_TEST(anExpiredCertificateIsRefused);
    CPPUNIT_TEST(aWildcardIsForOneLabel);
    CPPUNIT_TEST(aHandshakeThatDripsIsGivenUp);
    CPPUNIT_TEST(recordsThatDripAreGivenUp);
    CPPUNIT_TEST(aBodyThatIsCutOffIsNoEnd);
    CPPUNIT_TEST(connectionsAreUsedAgainAndLeaveNothing);
    CPPUNIT_TEST(theFileOfAuthoritiesIsGuarded);
    CPPUNIT_TEST_SUITE_END();

public:
    void aServerOfABelievedAuthorityIsAsked() {
        CPPUNIT_ASSERT_EQUAL(std::string("answered 200 fine"), asked("DNS:site.example"));
    }

    void oneForAnAddressToo() {
        authority().sign("address", "IP:127.0.0.1");
        TestSite site(TestSite::answering(fine), authority().file("address"));
        OutgoingBed bed;
        trust(bed);
        CPPUNIT_ASSERT_EQUAL(std::string("answered 200 fine"),
                             bed.told("https://127.0.0.1:" + std::to_string(site.port())));
    }

    void aStrangersCertificateIsRefused() {
        authority().sign("stranger", "DNS:site.example");
        TestSite site(TestSite::answering(fine), authority().file("stranger"));
        OutgoingBed bed;
        bed.allow({"127.0.0.0/8"}).resolve({{"127.0.0.1"}});  // without the authority's file
        const auto told = bed.told("https://site.example:" + std::to_string(site.port()));
        CPPUNIT_ASSERT_MESSAGE(told, has(told, "unavailable: ") && has(told, "issuer certificate"));
        CPPUNIT_ASSERT(site.requests().empty());
    }

    void aCertificateForAnotherNameIsRefused() {
        for (const char* subject : {"DNS:other.example", "DNS:site.example.evil.example",
                                    "IP:127.0.0.1", "DNS:*.site.example", "DNS:*.example.com"}) {
            const auto told = asked(subject);
            CPPUNIT_ASSERT_MESSAGE(told,
                                   has(told, "unavailable: ") && has(told, "ostname mismatch"));
        }
    }

    void anExpiredCertificateIsRefused() {
        const auto told = asked("DNS:site.example", -1);
        CPPUNIT_ASSERT_MESSAGE(told, has(told, "unavailable: ") && has(told, "expired"));
    }

    void aWildcardIsForOneLabel() {
        CPPUNIT_ASSERT_EQUAL(std::string("answered 200 fine"),
                             asked("DNS:*.example.com", 1, "site.example.com"));
        CPPUNIT_ASSERT(
            has(asked("DNS:*.example.com", 1, "a.site.example.com"), "ostname mismatch"));
        CPPUNIT_ASSERT(has(asked("DNS:s*.example.com", 1, "site.example.com"), "ostname mismatch"));
    }

    /// Nothing but TCP at first, then one byte at a time: no byte may begin the time anew.
    void aHandshakeThatDripsIsGivenUp() {
        TestSite site([](TestSite& at, Poco::Net::StreamSocket& socket) {
            const std::string record{22, 3, 3, 0x40, 0};
            socket.sendBytes(record.data(), static_cast<int>(record.size()));
            while (!at.isStopping() && socket.sendBytes("x", 1) == 1) {
                std::this_thread::sleep_for(milliseconds{5});
            }
        });
        OutgoingBed bed;
        trust(bed).within(milliseconds{300});
        const auto told = bed.told("https://site.example:" + std::to_string(site.port()));
        CPPUNIT_ASSERT_MESSAGE(told, has(told, "unavailable: ") && has(told, "too long"));
    }

    void recordsThatDripAreGivenUp() {
        authority().sign("drip", "DNS:site.example");
        TestSite site(
            [](TestSite& at, Poco::Net::StreamSocket& socket) {
                at.readRequest(socket);
                const std::string head = "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n";
                socket.sendBytes(head.data(), static_cast<int>(head.size()));
                // Below TLS: the beginning of a record that never becomes whole.
                const std::string record{23, 3, 3, 0x40, 0};
                const int raw = socket.impl()->sockfd();
                auto sent = ::send(raw, record.data(), record.size(), MSG_NOSIGNAL);
                while (!at.isStopping() && sent > 0) {
                    std::this_thread::sleep_for(milliseconds{5});
                    sent = ::send(raw, "x", 1, MSG_NOSIGNAL);
                }
            },
            authority().file("drip"));
        OutgoingBed bed;
        trust(bed).within(milliseconds{1000});
        const auto told = bed.told("https://site.example:" + std::to_string(site.port()));
        CPPUNIT_ASSERT_MESSAGE(told, has(told, "unknown: ") && has(told, "too long"));
    }

    /// A stranger on the way can close the connection; the end of TLS only the server can write.
    void aBodyThatIsCutOffIsNoEnd() {
        authority().sign("cut", "DNS:site.example");
        TestSite site(
            [](TestSite& at, Poco::Net::StreamSocket& socket) {
                at.readRequest(socket);
                const std::string text = "HTTP/1.1 200 OK\r\n\r\nhalf of it";
                socket.sendBytes(text.data(), static_cast<int>(text.size()));
                ::shutdown(socket.impl()->sockfd(), SHUT_RDWR);
            },
            authority().file("cut"));
        OutgoingBed bed;
        trust(bed);
        const auto told = bed.told("https://site.example:" + std::to_string(site.port()));
        CPPUNIT_ASSERT_MESSAGE(told, has(told, "unknown: "));
    }

    void connectionsAreUsedAgainAndLeaveNothing() {
        const auto descriptors = [] {
            return std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {});
        };
        authority().sign("again", "DNS:site.example");
        TestSite site(TestSite::answering(fine), authority().file("again"));
        const auto before = descriptors();
        {
            OutgoingBed bed;
            trust(bed);
            for (int i = 0; i < 3; ++i) {
                CPPUNIT_ASSERT_EQUAL(
                    std::string("answered 200 fine"),
                    bed.told("https://site.example:" + std::to_string(site.port())));
            }
            CPPUNIT_ASSERT_EQUAL(1, site.connections());
            CPPUNIT_ASSERT_EQUAL(1, bed.lookups);
        }
        for (int i = 0; i < 2000 && descriptors() > before + 1; ++i) {
            std::this_thread::sleep_for(milliseconds{5});
        }
        CPPUNIT_ASSERT(descriptors() <= before + 1);  // the site's end is not reaped
    }

    void theFileOfAuthoritiesIsGuarded() {
        const auto file = authority().file("open.pem");
        std::filesystem::copy_file(authority().file("ca.pem"), file);
        CPPUNIT_ASSERT(bool(TlsTrust::make(file)));
        std::filesystem::permissions(file, std::filesystem::perms::all);
        CPPUNIT_ASSERT(!TlsTrust::make(file));
        CPPUNIT_ASSERT(!TlsTrust::make(authority().file("missing.pem")));
        CPPUNIT_ASSERT(
            has(TlsTrust::make(authority().file("ca.key")).error().detail, "no certificate"));
    }

private:
    static OutgoingBed& trust(OutgoingBed& bed) {
        bed.caFile = authority().file("ca.pem");
        return bed.allow({"127.0.0.0/8"}).resolve({{"127.0.0.1"}});
    }
    static std::string asked(const char* subject, int days = 1,
                             const std::string& host = "site.example") {
        authority().sign("asked", subject, days);
        TestSite site(TestSite::answering(fine), authority().file("asked"));
        OutgoingBed bed;
        trust(bed);
        return bed.told("https://" + host + ":" + std::to_string(site.port()));
    }
};

}  // namespace gatehouse

CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::OutgoingTlsTest);
