// SPDX-License-Identifier: Apache-2.0
#include "JweVectors.h"

#include "jose/DecryptionKey.h"
#include "jose/JweReader.h"
#include "text/Base64Url.h"

#include <cppunit/extensions/HelperMacros.h>

#include <string>
#include <string_view>

namespace gatehouse {

/// The worked examples of RFC 7516 appendix A, RFC 7518 appendix B.3 and the cookbook (RFC 7520).
class JweVectorsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(JweVectorsTest);
    CPPUNIT_TEST(rsaOaepWithA256Gcm);
    CPPUNIT_TEST(ecdhEsWithA128KwAndA128GcmOnP384);
    CPPUNIT_TEST(ecdhEsWithA128CbcHs256OnP256);
    CPPUNIT_TEST_SUITE_END();

    const std::string hobbit_ =
        "You can trust us to stick with you through thick and thin\xe2\x80\x93to the bitter end. "
        "And "
        "you can trust us to keep any secret of yours\xe2\x80\x93"
        "closer than you keep it yourself. But you cannot trust us to let you face trouble alone, "
        "and go off without a word. We are your friends, Frodo.";

    static std::string read(std::string_view key, std::string_view algorithm,
                            std::string_view text) {
        const auto opened = DecryptionKey::fromPkcs8(Secret(*fromBase64url(key)), algorithm);
        CPPUNIT_ASSERT_MESSAGE(opened ? "" : opened.error().detail, bool(opened));
        const auto jwe = parseJwe(text);
        CPPUNIT_ASSERT(jwe && jwe->algorithm->name == algorithm);
        const auto plain = decryptJwe(*jwe, opened->publicJwk({}),
                                      [&](std::string_view input) { return opened->open(input); });
        CPPUNIT_ASSERT(plain);
        return *plain;
    }

public:
    void rsaOaepWithA256Gcm() {
        CPPUNIT_ASSERT_EQUAL(
            std::string("The true sign of intelligence is not knowledge but imagination."),
            read(vectors::rsaKey, "RSA-OAEP", vectors::rsaOaep));
    }

    void ecdhEsWithA128KwAndA128GcmOnP384() {
        CPPUNIT_ASSERT_EQUAL(hobbit_,
                             read(vectors::wrappedKey, "ECDH-ES+A128KW", vectors::wrapped));
    }

    void ecdhEsWithA128CbcHs256OnP256() {
        CPPUNIT_ASSERT_EQUAL(hobbit_, read(vectors::directKey, "ECDH-ES", vectors::direct));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(JweVectorsTest);

}  // namespace gatehouse
