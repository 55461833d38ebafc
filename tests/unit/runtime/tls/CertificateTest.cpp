// SPDX-License-Identifier: Apache-2.0
#include "TlsBed.h"
#include "text/Rfc3339.h"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <string>

namespace gatehouse {

class CertificateTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CertificateTest);
    CPPUNIT_TEST(namesFitAsRfc9525Says);
    CPPUNIT_TEST(namesAndEndAreRead);
    CPPUNIT_TEST(aNewFileIsServedAndCounted);
    CPPUNIT_TEST(aBrokenFileIsToldOnceAndChangesNothing);
    CPPUNIT_TEST(anExpiredFileReplacesNothing);
    CPPUNIT_TEST(theEndIsToldInTime);
    CPPUNIT_TEST_SUITE_END();

    TlsBed bed_;

    std::size_t linesWith(const std::string& text) const {
        const auto lines = bed_.log.lines();
        return static_cast<std::size_t>(
            std::count_if(lines.begin(), lines.end(), [&](const auto& line) {
                return line.message.find(text) != std::string::npos;
            }));
    }

public:
    void namesFitAsRfc9525Says() {
        struct Row {
            const char *name, *host;
            bool fits;
        };
        const Row rows[] = {
            {"id.example", "id.example", true},
            {"id.example", "x.id.example", false},
            {"*.example", "id.example", true},
            {"*.example", "a.id.example", false},
            {"*.example", "example", false},
            {"*.example", ".example", false},
            {"*.example", "", false},
            {"i*.example", "id.example", false},
            {"*", "id", false},
            {"127.0.0.1", "127.0.0.1", true},
            {"*.0.0.1", "127.0.0.2", false},
        };
        for (const auto& row : rows) {
            CPPUNIT_ASSERT_EQUAL_MESSAGE(std::string(row.name) + " " + row.host, row.fits,
                                         namesHost({row.name}, row.host));
        }
    }

    void namesAndEndAreRead() {
        const auto set = bed_.certificates->current();
        const auto& certificate = set->certificates().front();
        CPPUNIT_ASSERT((std::vector<std::string>{"localhost", "127.0.0.1"} == certificate.names));
        CPPUNIT_ASSERT_EQUAL(std::string("2026-01-31"), rfc3339Day(certificate.expires));
    }

    void aNewFileIsServedAndCounted() {
        const auto before = bed_.certificates->current();
        const TimePoint expires = bed_.clock.now() + std::chrono::hours{24 * 90};
        bed_.issue(expires);
        bed_.certificates->refresh();
        CPPUNIT_ASSERT(before != bed_.certificates->current());
        CPPUNIT_ASSERT_EQUAL(static_cast<double>(toSeconds(expires)),
                             bed_.metrics.value("gatehouse_tls_certificate_expiry_seconds",
                                                {{"certificate", bed_.files.certificate}}));
        const auto served = bed_.certificates->current();
        bed_.certificates->refresh();
        CPPUNIT_ASSERT(served == bed_.certificates->current());
    }

    void aBrokenFileIsToldOnceAndChangesNothing() {
        const auto before = bed_.certificates->current();
        for (int i = 0; i < 2; ++i) {
            bed_.write(bed_.files.certificate, "no certificate");
            bed_.certificates->refresh();
            bed_.certificates->refresh();
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, linesWith("the ones before stay"));
        CPPUNIT_ASSERT(before == bed_.certificates->current());
    }

    void anExpiredFileReplacesNothing() {
        const auto before = bed_.certificates->current();
        bed_.issue(bed_.clock.now() - std::chrono::hours{1});
        bed_.certificates->refresh();
        CPPUNIT_ASSERT(before == bed_.certificates->current());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, linesWith("expired on 2025-12-31"));
    }

    void theEndIsToldInTime() {
        bed_.certificates->refresh();
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, linesWith("expire"));
        bed_.clock.advance(std::chrono::hours{24 * 24});
        bed_.certificates->refresh();
        bed_.certificates->refresh();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, linesWith("expires on 2026-01-31"));
        CPPUNIT_ASSERT(bed_.certificates->problems().empty());
        bed_.clock.advance(std::chrono::hours{24 * 7});
        bed_.certificates->refresh();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, linesWith("expired on 2026-01-31"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, bed_.certificates->problems().size());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CertificateTest);

}  // namespace gatehouse
