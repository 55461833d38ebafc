// SPDX-License-Identifier: Apache-2.0
#include "crypto/KeyedCrypto.h"

#include <cppunit/extensions/HelperMacros.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace gatehouse {

class KeyedCryptoTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(KeyedCryptoTest);
    CPPUNIT_TEST(macsDependOnRootLabelAndText);
    CPPUNIT_TEST(theSameRootGivesTheSameMacs);
    CPPUNIT_TEST(whatIsSealedUnderALabelOpensUnderItAlone);
    CPPUNIT_TEST(anotherProcessWithTheRootOpensIt);
    CPPUNIT_TEST(whatCannotBeOpenedIsOurFault);
    CPPUNIT_TEST(manyThreadsMayAskForNewLabels);
    CPPUNIT_TEST_SUITE_END();

    KeyedCrypto crypto_{Secret(std::string(32, 'r'))};

public:
    void macsDependOnRootLabelAndText() {
        const auto mac = crypto_.mac("code", "text");
        CPPUNIT_ASSERT_EQUAL(std::size_t{32}, mac.size());
        CPPUNIT_ASSERT(mac == crypto_.mac("code", "text"));
        CPPUNIT_ASSERT(mac != crypto_.mac("code", "texT"));
        CPPUNIT_ASSERT(mac != crypto_.mac("session", "text"));
        CPPUNIT_ASSERT(mac != KeyedCrypto(Secret(std::string(32, 's'))).mac("code", "text"));
    }

    void theSameRootGivesTheSameMacs() {
        CPPUNIT_ASSERT(crypto_.mac("code", "text") ==
                       KeyedCrypto(Secret(std::string(32, 'r'))).mac("code", "text"));
    }

    void whatIsSealedUnderALabelOpensUnderItAlone() {
        const auto sealed = crypto_.seal("key", Secret("plain"), "issuer 1");
        const auto opened = crypto_.open("key", sealed, "issuer 1");
        CPPUNIT_ASSERT(opened);
        CPPUNIT_ASSERT_EQUAL(std::string("plain"), std::string(opened->view()));
        CPPUNIT_ASSERT(!crypto_.open("other", sealed, "issuer 1"));
        CPPUNIT_ASSERT(!crypto_.open("key", sealed, "issuer 2"));
    }

    void anotherProcessWithTheRootOpensIt() {
        const auto sealed = crypto_.seal("key", Secret("plain"), "");
        CPPUNIT_ASSERT(KeyedCrypto(Secret(std::string(32, 'r'))).open("key", sealed, ""));
        CPPUNIT_ASSERT(!KeyedCrypto(Secret(std::string(32, 's'))).open("key", sealed, ""));
    }

    void whatCannotBeOpenedIsOurFault() {
        const auto opened = crypto_.open("key", "no sealed text at all, but long enough", "");
        CPPUNIT_ASSERT(!opened);
        CPPUNIT_ASSERT(opened.error().fault == Fault::internal);
    }

    void manyThreadsMayAskForNewLabels() {
        std::atomic<int> wrong{0};
        std::vector<std::thread> threads;
        for (int thread = 0; thread < 4; ++thread) {
            threads.emplace_back([this, &wrong] {
                for (int round = 0; round < 200; ++round) {
                    const auto label = std::to_string(round);
                    wrong += crypto_.mac(label, "x") == crypto_.mac(label, "x") ? 0 : 1;
                }
            });
        }
        for (auto& thread : threads) {
            thread.join();
        }
        CPPUNIT_ASSERT_EQUAL(0, wrong.load());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(KeyedCryptoTest);

}  // namespace gatehouse
