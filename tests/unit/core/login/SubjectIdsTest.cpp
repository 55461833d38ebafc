// SPDX-License-Identifier: Apache-2.0
#include "login/SubjectIds.h"

#include <gatehouse/TakesPeople.h>
#include <gatehouse/testkit/FakeHost.h>

#include "crypto/KeyedCrypto.h"

#include <cppunit/extensions/HelperMacros.h>

#include <set>

namespace gatehouse {

class SubjectIdsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SubjectIdsTest);
    CPPUNIT_TEST(itStaysTheSameForever);
    CPPUNIT_TEST(anIssuerBegunBeforeKeysGoesOnWithoutOne);
    CPPUNIT_TEST(nobodyCanTryIdsWithoutTheRootSecret);
    CPPUNIT_TEST(itTellsIssuersStoresAndIdsApart);
    CPPUNIT_TEST(beforeTheFirstStartThereIsNone);
    CPPUNIT_TEST(anIdThatIsNoTextIsTold);
    CPPUNIT_TEST(whoCameFromElsewhereKeepsTheirSub);
    CPPUNIT_TEST_SUITE_END();

    testkit::FakeHost host_;
    KeyedCrypto crypto_{Secret("a root secret of at least 32 bytes")};
    SubjectIds subjects_{crypto_, host_.records()};

    const Issuer first_{1, "https://id.example.org", ""};
    const Issuer second_{2, "https://second.example.org", ""};

    Context at(IssuerId issuer) const {
        return {issuer == 1 ? first_ : second_, "request", {}, SteadyPoint::max()};
    }
    void begin(IssuerId issuer) {
        CPPUNIT_ASSERT(*IssuerRecord(host_.records()).begin(at(issuer)));
    }
    std::string sub(const std::string& store, const std::string& id, IssuerId issuer = 1) {
        return *subjects_.of(at(issuer), store, id);
    }

public:
    /// Sites have stored it: base64url(HMAC-SHA-256(key, "1" NUL "local" NUL "42")), 22 characters.
    void itStaysTheSameForever() {
        begin(1);
        CPPUNIT_ASSERT_EQUAL(std::string("qjgqarYDuQyMK4YafjYi9C"), sub("local", "42"));
    }

    /// In a store that takes people; elsewhere such an id is one as any other.
    void whoCameFromElsewhereKeepsTheirSub() {
        begin(1);
        const auto before = sub("local", idOfSubject("7f-ada"));
        subjects_.takePeople({"local"});
        CPPUNIT_ASSERT_EQUAL(std::string("7f-ada"), sub("local", idOfSubject("7f-ada")));
        CPPUNIT_ASSERT(sub("directory", idOfSubject("7f-ada")) != "7f-ada");
        CPPUNIT_ASSERT_EQUAL(std::string("qjgqarYDuQyMK4YafjYi9C"), sub("local", "42"));
        subjects_.takePeople({});
        CPPUNIT_ASSERT_EQUAL(before, sub("local", idOfSubject("7f-ada")));
    }

    /// It could not be kept as it is.
    void anIdThatIsNoTextIsTold() {
        begin(1);
        for (const auto& id : {std::string("4\xff"), std::string("4\0", 2)}) {
            const auto sub = subjects_.of(at(1), "directory", id);
            CPPUNIT_ASSERT(!sub);
            CPPUNIT_ASSERT(sub.error().fault == Fault::internal);
            CPPUNIT_ASSERT(sub.error().detail.find("user store directory") != std::string::npos);
        }
    }

    /// Likewise: base64url(sha256("1" NUL "local" NUL "42")).
    void anIssuerBegunBeforeKeysGoesOnWithoutOne() {
        CPPUNIT_ASSERT(IssuerRecord(host_.records()).setUrl(at(1)));
        CPPUNIT_ASSERT_EQUAL(std::string("eQEWo59T-khtGDcTLyKbmv"), sub("local", "42"));
    }

    void nobodyCanTryIdsWithoutTheRootSecret() {
        begin(1);
        KeyedCrypto guessed{Secret("another root secret, also 32 bytes long")};
        SubjectIds others(guessed, host_.records());
        CPPUNIT_ASSERT(sub("local", "42") != *others.of(at(1), "local", "42"));
    }

    void itTellsIssuersStoresAndIdsApart() {
        begin(1);
        begin(2);
        const std::set<std::string> all{sub("local", "42"), sub("local", "42", 2),
                                        sub("ldap", "42"),  sub("local", "43"),
                                        sub("local4", "2"), sub("", "local42")};
        CPPUNIT_ASSERT_EQUAL(std::size_t{6}, all.size());
    }

    void beforeTheFirstStartThereIsNone() {
        CPPUNIT_ASSERT_EQUAL(Fault::unavailable, subjects_.of(at(1), "local", "42").error().fault);
        begin(1);
        CPPUNIT_ASSERT(subjects_.of(at(1), "local", "42"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SubjectIdsTest);

}  // namespace gatehouse
