// SPDX-License-Identifier: Apache-2.0
#include "crypto/Digest.h"

#include "text/Hex.h"

#include <cppunit/extensions/HelperMacros.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace gatehouse {

class DigestTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(DigestTest);
    CPPUNIT_TEST(hashesAreThoseOfFips180);
    CPPUNIT_TEST(macsAreThoseOfRfc4231);
    CPPUNIT_TEST(anEmptyKeyAndTextHaveAMac);
    CPPUNIT_TEST(aKeyDoesNotStayFromOneMacToTheNext);
    CPPUNIT_TEST(derivedKeysAreThoseOfRfc5869);
    CPPUNIT_TEST(comparingLooksAtLengthAndEveryByte);
    CPPUNIT_TEST(threadsDoNotDisturbEachOther);
    CPPUNIT_TEST_SUITE_END();

public:
    void hashesAreThoseOfFips180() {
        CPPUNIT_ASSERT_EQUAL(
            std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            hex(sha256("abc")));
        CPPUNIT_ASSERT_EQUAL(
            std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            hex(sha256({})));
        CPPUNIT_ASSERT_EQUAL(
            std::string("cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
                        "8086072ba1e7cc2358baeca134c825a7"),
            hex(sha384("abc")));
        CPPUNIT_ASSERT_EQUAL(
            std::string("ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                        "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"),
            hex(sha512("abc")));
    }

    void macsAreThoseOfRfc4231() {
        const std::string text = "what do ya want for nothing?";
        CPPUNIT_ASSERT_EQUAL(
            std::string("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
            hex(hmacSha256("Jefe", text)));
        CPPUNIT_ASSERT_EQUAL(
            std::string("af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e"
                        "8e2240ca5e69e2c78b3239ecfab21649"),
            hex(hmac(Hash::sha384, "Jefe", text)));
        CPPUNIT_ASSERT_EQUAL(
            std::string("164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
                        "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"),
            hex(hmac(Hash::sha512, "Jefe", text)));
        CPPUNIT_ASSERT_EQUAL(
            std::string("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
            hex(hmacSha256(std::string(131, '\xaa'),
                           "Test Using Larger Than Block-Size Key - Hash Key First")));
    }

    void anEmptyKeyAndTextHaveAMac() {
        CPPUNIT_ASSERT_EQUAL(
            std::string("b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"),
            hex(hmacSha256({}, {})));
    }

    void aKeyDoesNotStayFromOneMacToTheNext() {
        const auto first = hmacSha256("one", "text");
        CPPUNIT_ASSERT(hmacSha256("two", "text") != first);
        CPPUNIT_ASSERT(hmacSha256("", "text") != first);
        CPPUNIT_ASSERT(hmacSha256("one", "text") == first);
    }

    void derivedKeysAreThoseOfRfc5869() {
        const Secret root(std::string(22, '\x0b'));
        CPPUNIT_ASSERT_EQUAL(
            std::string("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
                        "9d201395faa4b61a96c8"),
            hex(hkdfSha256(root, "", 42).view()));
        CPPUNIT_ASSERT_EQUAL(
            std::string("b54274a313b0fa264195b74d31542e7c14f415c04d385041af904a31f0b37db5"),
            hex(hkdfSha256(root, "cookie", 32).view()));
    }

    void comparingLooksAtLengthAndEveryByte() {
        CPPUNIT_ASSERT(constantTimeEqual("", ""));
        CPPUNIT_ASSERT(constantTimeEqual("abc", "abc"));
        CPPUNIT_ASSERT(!constantTimeEqual("abc", "abcd"));
        CPPUNIT_ASSERT(!constantTimeEqual("abc", ""));
        CPPUNIT_ASSERT(!constantTimeEqual("abc", "Abc"));
        CPPUNIT_ASSERT(!constantTimeEqual("abc", "abC"));
        CPPUNIT_ASSERT(
            !constantTimeEqual(std::string_view("a\0b", 3), std::string_view("a\0c", 3)));
    }

    void threadsDoNotDisturbEachOther() {
        std::atomic<int> wrong{0};
        std::vector<std::thread> threads;
        for (int thread = 0; thread < 4; ++thread) {
            threads.emplace_back([&wrong, thread] {
                const std::string key(40, static_cast<char>('a' + thread));
                const auto expected = hmacSha256(key, "text");
                for (int round = 0; round < 2000; ++round) {
                    wrong += hmacSha256(key, "text") == expected ? 0 : 1;
                }
            });
        }
        for (auto& thread : threads) {
            thread.join();
        }
        CPPUNIT_ASSERT_EQUAL(0, wrong.load());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(DigestTest);

}  // namespace gatehouse
