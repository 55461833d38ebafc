// SPDX-License-Identifier: Apache-2.0
#include "crypto/Aead.h"

#include <cppunit/extensions/HelperMacros.h>
#include <openssl/err.h>

#include <stdexcept>
#include <string>

namespace gatehouse {

class AeadTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AeadTest);
    CPPUNIT_TEST(whatIsSealedIsOpened);
    CPPUNIT_TEST(theFormHasVersionNonceAndTag);
    CPPUNIT_TEST(sealingTwiceGivesTwoTexts);
    CPPUNIT_TEST(everyChangedBitIsNoticed);
    CPPUNIT_TEST(aCutOrLengthenedTextIsNoticed);
    CPPUNIT_TEST(anotherKeyOrBindingDoesNotOpen);
    CPPUNIT_TEST(aKeyOfTheWrongSizeIsRefused);
    CPPUNIT_TEST(failuresLeaveNoErrorBehind);
    CPPUNIT_TEST_SUITE_END();

    const Secret key_{std::string(32, 'k')};

public:
    void whatIsSealedIsOpened() {
        for (const std::size_t size : {0U, 1U, 15U, 16U, 17U, 5000U}) {
            const std::string plain(size, 'p');
            const auto opened =
                openAes256Gcm(key_, sealAes256Gcm(key_, plain, "record 7"), "record 7");
            CPPUNIT_ASSERT(opened);
            CPPUNIT_ASSERT_EQUAL(plain, std::string(opened->view()));
        }
        CPPUNIT_ASSERT(openAes256Gcm(key_, sealAes256Gcm(key_, "x", ""), ""));
    }

    void theFormHasVersionNonceAndTag() {
        const auto sealed = sealAes256Gcm(key_, "12345", "");
        CPPUNIT_ASSERT_EQUAL(std::size_t{1 + 12 + 5 + 16}, sealed.size());
        CPPUNIT_ASSERT_EQUAL('\x01', sealed[0]);
    }

    void sealingTwiceGivesTwoTexts() {
        const auto first = sealAes256Gcm(key_, "same", "");
        const auto second = sealAes256Gcm(key_, "same", "");
        CPPUNIT_ASSERT(first.substr(1, 12) != second.substr(1, 12));
        CPPUNIT_ASSERT(first.substr(13) != second.substr(13));
    }

    void everyChangedBitIsNoticed() {
        const auto sealed = sealAes256Gcm(key_, "secret", "bound");
        for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
            auto changed = sealed;
            changed[bit / 8] =
                static_cast<char>(static_cast<unsigned char>(changed[bit / 8]) ^ (1U << (bit % 8)));
            CPPUNIT_ASSERT(!openAes256Gcm(key_, changed, "bound"));
        }
    }

    void aCutOrLengthenedTextIsNoticed() {
        const auto sealed = sealAes256Gcm(key_, "secret", "bound");
        for (std::size_t size = 0; size < sealed.size(); ++size) {
            CPPUNIT_ASSERT(!openAes256Gcm(key_, sealed.substr(0, size), "bound"));
        }
        CPPUNIT_ASSERT(!openAes256Gcm(key_, sealed + '\0', "bound"));
    }

    void anotherKeyOrBindingDoesNotOpen() {
        const auto sealed = sealAes256Gcm(key_, "secret", "bound");
        CPPUNIT_ASSERT(!openAes256Gcm(Secret(std::string(32, 'x')), sealed, "bound"));
        CPPUNIT_ASSERT(!openAes256Gcm(key_, sealed, "other"));
        CPPUNIT_ASSERT(!openAes256Gcm(key_, sealed, ""));
        CPPUNIT_ASSERT(openAes256Gcm(key_, sealed, "bound"));
    }

    void aKeyOfTheWrongSizeIsRefused() {
        CPPUNIT_ASSERT_THROW(sealAes256Gcm(Secret("short"), "x", ""), std::runtime_error);
        CPPUNIT_ASSERT(!openAes256Gcm(Secret("short"), sealAes256Gcm(key_, "x", ""), ""));
    }

    void failuresLeaveNoErrorBehind() {
        CPPUNIT_ASSERT(!openAes256Gcm(key_, std::string(40, '\x01'), ""));
        CPPUNIT_ASSERT_EQUAL(0UL, ERR_peek_error());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(AeadTest);

}  // namespace gatehouse
